import { hashPassword } from "@/lib/platform/auth/password";
import type { Prisma } from "@/lib/platform/prisma";
import { type Role, role } from "@/lib/workspaces/schema";
import { addMembership } from "./mutations";

/** The demo members' password: printed at start and on the sign-in page, good for demo workspaces only. */
export const DEMO_PASSWORD = "perennial";

/** One demo member per role; the people the demo workspaces are shown as. */
export const demoMembers: readonly { email: string; name: string; role: Role }[] = [
  { email: "operator@demo.perennial", name: "林晓 Lin Xiao", role: "operator" },
  { email: "analyst@demo.perennial", name: "陈默 Chen Mo", role: "analyst" },
  { email: "manager@demo.perennial", name: "周岚 Zhou Lan", role: "manager" },
  { email: "admin@demo.perennial", name: "何安 He An", role: "admin" },
];

/** Lets the demo members into a demo workspace, creating those who are missing; a second call changes nothing. */
export async function addDemoMembers(prisma: Prisma, p: { workspaceId: number; now: Date }): Promise<void> {
  for (const person of demoMembers) {
    const existing = await prisma.member.findUnique({
      where: { email: person.email },
      select: { id: true },
    });
    const { id } = existing ?? (await createDemoMember(prisma, { ...person, now: p.now }));
    await addMembership(prisma, { workspaceId: p.workspaceId, memberId: id, role: person.role, now: p.now });
  }
}

/** Not by createMember: the password is known to everybody, and too short for anybody else. */
const createDemoMember = async (prisma: Prisma, p: { email: string; name: string; now: Date }) =>
  prisma.member.create({
    data: {
      email: p.email,
      name: p.name,
      passwordHash: await hashPassword(DEMO_PASSWORD),
      locale: "zh-CN",
      createdAt: p.now,
    },
    select: { id: true },
  });

export interface DemoSignIn {
  email: string;
  role: Role;
}

/** The demo sign-ins this installation offers: demo members who belong to demo workspaces and to nothing else. */
export async function listDemoSignIns(prisma: Prisma): Promise<DemoSignIn[]> {
  const rows = await prisma.member.findMany({
    where: {
      email: { in: demoMembers.map((one) => one.email) },
      memberships: { some: {}, every: { workspace: { isDemo: true } } },
    },
    select: { email: true, memberships: { select: { role: true }, take: 1 } },
  });
  return demoMembers.flatMap((person) => {
    const row = rows.find((one) => one.email === person.email);
    return row ? [{ email: row.email, role: role.parse(row.memberships[0]?.role) }] : [];
  });
}
