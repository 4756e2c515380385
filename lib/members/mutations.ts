import { hashPassword } from "@/lib/platform/auth/password";
import { AppError } from "@/lib/platform/errors";
import type { Locale } from "@/lib/platform/i18n/locale";
import type { Prisma } from "@/lib/platform/prisma";
import type { Role } from "@/lib/workspaces/schema";
import { findMember } from "./queries";
import { type Member, type NewMember, newMember } from "./schema";
import { IDLE_MS, SEEN_EVERY_MS } from "./session-life";

/** Creates a member; a taken address is a conflict. Addresses are stored in lower case. */
export async function createMember(prisma: Prisma, p: NewMember & { now: Date }): Promise<Member> {
  const { password, ...person } = newMember.parse(p);
  const passwordHash = await hashPassword(password);
  // One statement with ON CONFLICT DO NOTHING: two creations at once give one member and one conflict.
  const { count } = await prisma.member.createMany({
    data: [{ ...person, passwordHash, createdAt: p.now }],
    skipDuplicates: true,
  });
  if (count === 0)
    throw new AppError("conflict", `A member "${person.email}" exists`, { email: person.email });
  const { id } = await prisma.member.findUniqueOrThrow({
    where: { email: person.email },
    select: { id: true },
  });
  return (await findMember(prisma, id)) as Member;
}

/** Gives a member a role in a workspace; a role held there before is replaced, and a suspension ends. */
export async function addMembership(
  prisma: Prisma,
  p: { workspaceId: number; memberId: string; role: Role; now: Date },
): Promise<void> {
  const { workspaceId, memberId } = p;
  await prisma.membership.upsert({
    where: { workspaceId_memberId: { workspaceId, memberId } },
    create: { workspaceId, memberId, role: p.role, createdAt: p.now },
    update: { role: p.role, suspendedAt: null },
  });
}

/** Remembers the language a member reads in. */
export async function setMemberLocale(
  prisma: Prisma,
  p: { memberId: string; locale: Locale },
): Promise<void> {
  await prisma.member.updateMany({ where: { id: p.memberId }, data: { locale: p.locale } });
}

/** Notes that the member is here; after an hour of silence a new visit begins. Written at most once a minute. */
export async function noteVisit(
  prisma: Prisma,
  p: { memberId: string; workspaceId: number; seenAt: Date | null; now: Date },
): Promise<void> {
  const { memberId, workspaceId, seenAt, now } = p;
  const silence = seenAt ? now.getTime() - seenAt.getTime() : Number.POSITIVE_INFINITY;
  if (silence < SEEN_EVERY_MS) return;
  await prisma.membership.updateMany({
    // As it was read: of several requests at once one begins the visit.
    where: { memberId, workspaceId, seenAt },
    data: { seenAt: now, ...(silence >= IDLE_MS ? { visitBeforeAt: seenAt } : {}) },
  });
}
