import { z } from "zod";
import type { WorkspacePool } from "@/lib/platform/db";
import { defaultLocale, locales } from "@/lib/platform/i18n/locale";
import type { Role, Workspace } from "@/lib/workspaces/schema";
import { newPassword } from "./new-password";
import type { KeyScope } from "./permissions";
import type { Session } from "./sessions";

/** A person who signs in to the console; the password hash never leaves lib/members. */
export const member = z.object({
  id: z.uuid(),
  email: z.email(),
  name: z.string(),
  locale: z.enum(locales).catch(defaultLocale),
});
export type Member = z.infer<typeof member>;

export const newMember = z.object({
  email: z.email().transform((text) => text.toLowerCase()),
  name: z.string().trim().min(1).max(100),
  password: newPassword,
  locale: z.enum(locales).default(defaultLocale),
});
export type NewMember = z.input<typeof newMember>;

/** Somebody who signed in. */
export interface SignedIn {
  member: Member;
  session: Session;
}

/** Who asks: a member in the role they hold here, or an API key of this workspace. */
export type Caller =
  | ({ kind: "member"; role: Role } & SignedIn)
  | { kind: "key"; id: string; name: string; scopes: readonly KeyScope[] };

/** Who may do what where: established from the database for every request. */
export interface Access {
  caller: Caller;
  workspace: Workspace;
  /** Reads and writes of this workspace alone. */
  db: WorkspacePool;
}

/** The access of a person: what pages have, and routes that no key can ask. */
export interface MemberAccess extends Access, SignedIn {
  caller: Extract<Caller, { kind: "member" }>;
  role: Role;
}
