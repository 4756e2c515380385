import { z } from "zod";
import type { Pool } from "@/lib/platform/db";
import { defaultLocale, locales } from "@/lib/platform/i18n/locale";
import type { Role, Workspace } from "@/lib/workspaces/schema";

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
  password: z.string().min(8).max(200),
  locale: z.enum(locales).default(defaultLocale),
});
export type NewMember = z.input<typeof newMember>;

/** What a member may do where: established from the database for every request. */
export interface Access {
  member: Member;
  workspace: Workspace;
  role: Role;
  /** Reads and writes of this workspace alone. */
  db: Pool;
}
