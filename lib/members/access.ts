import type { Pool } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { can, type Permission } from "./permissions";
import { findRole } from "./queries";
import type { Access, Member } from "./schema";

/**
 * What the member may do in the workspace of that slug. A workspace without a membership answers like one that does
 * not exist, so that slugs of others cannot be found out.
 */
export async function getAccess(
  { pool, prisma }: { pool: Pool; prisma: Prisma },
  p: { member: Member; slug: string },
): Promise<Access> {
  const workspace = await getWorkspaceBySlug(pool, p.slug);
  const role = await findRole(prisma, { memberId: p.member.id, workspaceId: workspace.id });
  if (!role) throw new NotFoundError("workspace", p.slug);
  return { member: p.member, workspace, role, db: pool };
}

/** Throws forbidden when the role does not include the permission. */
export function assertPermission(access: Access, permission: Permission): void {
  if (!can(access.role, permission))
    throw new AppError("forbidden", `The role ${access.role} does not include ${permission}`, { permission });
}
