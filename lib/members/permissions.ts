import { z } from "zod";
import type { Role } from "@/lib/workspaces/schema";

const everybody = ["operator", "analyst", "manager", "admin"] as const;
const whoRuns = ["operator", "manager", "admin"] as const;
const whoAnswers = ["manager", "admin"] as const;

/** Which roles may do what; a permission that is not listed here cannot be asked for. */
const rolesOf = {
  "stages.read": everybody,
  "metrics.read": everybody,
  "customers.read": everybody,
  "customers.tag": whoRuns,
  /** A file of what the list shows; personal data in it is covered for whoever may not reveal it. */
  "customers.export": everybody,
  /** Personal data in the clear, one customer at a time with a reason, or in exports. */
  "customers.reveal": whoAnswers,
  "views.use": everybody,
  "data.read": everybody,
  "data.import": whoRuns,
  "data.replay": whoRuns,
  /** An imagined shop comes in beside what is there, or goes again: for people alone. */
  "sample.manage": whoRuns,
  "sources.manage": ["admin"],
  "clock.advance": whoRuns,
  "audit.read": whoAnswers,
  "runs.read": ["admin"],
  "runs.retry": ["admin"],
  "members.manage": ["admin"],
  "keys.manage": ["admin"],
  "settings.manage": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesOf;
export const permissions = Object.keys(rolesOf) as Permission[];

/** Whether the role includes the permission. */
export const can = (role: Role, permission: Permission): boolean =>
  (rolesOf[permission] as readonly Role[]).includes(role);

/** What an API key may be given: to read what everybody may read, or to bring data in. */
export const keyScope = z.enum(["read", "ingest"]);
export type KeyScope = z.infer<typeof keyScope>;

const permissionsOfScope = {
  read: ["stages.read", "metrics.read", "customers.read", "data.read"],
  ingest: ["data.import"],
} as const satisfies Record<KeyScope, readonly Permission[]>;

/** What some key may do; every other permission is for people alone. */
export type KeyPermission = (typeof permissionsOfScope)[KeyScope][number];

/** Whether a key with these scopes includes the permission; what no scope names is for people alone. */
export const keyCan = (scopes: readonly KeyScope[], permission: Permission): boolean =>
  scopes.some((scope) => (permissionsOfScope[scope] as readonly Permission[]).includes(permission));
