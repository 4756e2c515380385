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

/** The id of the member with that address, or null. */
export async function findMemberIdByEmail(prisma: Prisma, email: string): Promise<string | null> {
  const found = await prisma.member.findUnique({ where: { email }, select: { id: true } });
  return found?.id ?? null;
}

/** Whether the member signs in with a password of ours; else through the company's sign-in alone. */
export async function hasPassword(prisma: Prisma, memberId: string): Promise<boolean> {
  const found = await prisma.member.findUnique({ where: { id: memberId }, select: { passwordHash: true } });
  return found?.passwordHash != null;
}

/** The member's role in a workspace and their last request there; null without a membership, and while it is suspended. */
export async function findMembership(
  prisma: Prisma,
  p: { memberId: string; workspaceId: number },
): Promise<{ role: Role; seenAt: Date | null } | null> {
  const found = await prisma.membership.findUnique({
    where: { workspaceId_memberId: p },
    select: { role: true, seenAt: true, suspendedAt: true },
  });
  return found && !found.suspendedAt ? { role: role.parse(found.role), seenAt: found.seenAt } : null;
}

/** When the visit before the present one ended; null on the first. */
export async function findLastVisit(
  prisma: Prisma,
  p: { memberId: string; workspaceId: number },
): Promise<Date | null> {
  const found = await prisma.membership.findUnique({
    where: { workspaceId_memberId: p },
    select: { visitBeforeAt: true },
  });
  return found?.visitBeforeAt ?? null;
}

export interface MembershipSummary {
  slug: string;
  name: string;
  role: Role;
}

/** The workspaces a member may enter, oldest first. */
export async function listMembershipsOf(prisma: Prisma, memberId: string): Promise<MembershipSummary[]> {
  const rows = await prisma.membership.findMany({
    where: { memberId, suspendedAt: null },
    orderBy: { workspaceId: "asc" },
    select: { role: true, workspace: { select: { slug: true, name: true } } },
  });
  return rows.map((row) => ({ ...row.workspace, role: role.parse(row.role) }));
}

/** Names of the workspaces that are closed to a member for the time being. */
export async function listSuspensionsOf(prisma: Prisma, memberId: string): Promise<string[]> {
  const rows = await prisma.membership.findMany({
    where: { memberId, suspendedAt: { not: null } },
    orderBy: { workspaceId: "asc" },
    select: { workspace: { select: { name: true } } },
  });
  return rows.map((row) => row.workspace.name);
}
