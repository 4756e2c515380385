import type { Actor } from "@/lib/audit/schema";
import type { Pool } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { can, keyCan, type Permission } from "./permissions";
import { findRole } from "./queries";
import type { Access, MemberAccess, SignedIn } from "./schema";

/**
 * What the member may do in the workspace of that slug. A workspace without a membership answers like one that does
 * not exist, so that slugs of others cannot be found out.
 */
export async function getAccess(
  { pool, prisma }: { pool: Pool; prisma: Prisma },
  p: SignedIn & { slug: string },
): Promise<MemberAccess> {
  const { slug, ...signedIn } = p;
  const workspace = await getWorkspaceBySlug(pool, slug);
  const role = await findRole(prisma, { memberId: signedIn.member.id, workspaceId: workspace.id });
  if (!role) throw new NotFoundError("workspace", slug);
  return { ...signedIn, role, caller: { kind: "member", role, ...signedIn }, workspace, db: pool };
}

/** Whether the caller may: by the role of a member, by the scopes of a key. */
export const allows = ({ caller }: Access, permission: Permission): boolean =>
  caller.kind === "key" ? keyCan(caller.scopes, permission) : can(caller.role, permission);

/** Throws forbidden when the caller may not. */
export function assertPermission(access: Access, permission: Permission): void {
  if (!allows(access, permission))
    throw new AppError("forbidden", `${actorOf(access).name} may not ${permission}`, { permission });
}

/** The caller as the audit log names them. */
export function actorOf({ caller }: Access): Actor {
  if (caller.kind === "key") return { kind: "key", id: caller.id, name: caller.name };
  return { kind: "member", id: caller.member.id, name: caller.member.name };
}
