import { passwordFits } from "@/lib/platform/auth/password";
import type { Prisma } from "@/lib/platform/prisma";
import { type Role, role } from "@/lib/workspaces/schema";
import { type Member, member } from "./schema";

const publicColumns = { id: true, email: true, name: true, locale: true } as const;

/** The member of that id, or null. */
export async function findMember(prisma: Prisma, id: string): Promise<Member | null> {
  const found = await prisma.member.findUnique({ where: { id }, select: publicColumns });
  return found && member.parse(found);
}

/** The id of the member these credentials belong to, or null; an unknown address costs the same work as a wrong password. */
export async function verifyPassword(
  prisma: Prisma,
  p: { email: string; password: string },
): Promise<string | null> {
  const found = await prisma.member.findUnique({
    where: { email: p.email.trim().toLowerCase() },
    select: { id: true, passwordHash: true },
  });
  const fits = await passwordFits(found?.passwordHash ?? null, p.password);
  return found && fits ? found.id : null;
}

/** The member's role in a workspace, or null when there is no membership. */
export async function findRole(
  prisma: Prisma,
  p: { memberId: string; workspaceId: number },
): Promise<Role | null> {
  const found = await prisma.membership.findUnique({
    where: { workspaceId_memberId: p },
    select: { role: true },
  });
  return found && role.parse(found.role);
}

export interface MembershipSummary {
  slug: string;
  name: string;
  role: Role;
}

/** The workspaces a member belongs to, oldest first. */
export async function listMembershipsOf(prisma: Prisma, memberId: string): Promise<MembershipSummary[]> {
  const rows = await prisma.membership.findMany({
    where: { memberId },
    orderBy: { workspaceId: "asc" },
    select: { role: true, workspace: { select: { slug: true, name: true } } },
  });
  return rows.map((row) => ({ ...row.workspace, role: role.parse(row.role) }));
}
