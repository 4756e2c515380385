import type { Role } from "@/lib/workspaces/schema";

/** Which roles may do what; a permission that is not listed here cannot be asked for. */
const rolesOf = {
  "stages.read": ["operator", "analyst", "manager", "admin"],
  "customers.read": ["operator", "analyst", "manager", "admin"],
  // A file leaves the console: the roles that answer for it.
  "customers.export": ["manager", "admin"],
  "clock.advance": ["operator", "manager", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof rolesOf;

export const can = (role: Role, permission: Permission): boolean =>
  (rolesOf[permission] as readonly Role[]).includes(role);
