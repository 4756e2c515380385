import { randomUUID } from "node:crypto";
import { addMembership, createMember } from "@/lib/members/mutations";
import type { Member } from "@/lib/members/schema";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Role, Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

export const NOW = new Date("2026-06-30T08:00:00Z");
export const later = (minutes: number, from = NOW): Date => new Date(from.getTime() + minutes * 60_000);

/** A database of its own with what makes workspaces and people in it. */
export interface World extends TestDatabase {
  /** The same connections: tests of what people may do, not of what roles of the database may. */
  directory: TestDatabase["pool"];
  prisma: Prisma;
  workspace(): Promise<Workspace>;
  /** Somebody with a role in each of the workspaces; their password is "long enough". */
  person(role: Role, ...workspaces: Workspace[]): Promise<Member>;
}

export async function openWorld(): Promise<World> {
  const db = await testDatabase();
  const prisma = openPrisma(db.url);
  return {
    ...db,
    directory: db.pool,
    prisma,
    workspace: () => {
      const slug = `w-${randomUUID()}`;
      return createWorkspace(db.pool, {
        slug,
        name: slug,
        timeZone: "Asia/Shanghai",
        currency: "CNY",
        now: NOW,
      });
    },
    async person(role, ...workspaces) {
      const email = `${randomUUID()}@shop.test`;
      const member = await createMember(prisma, { email, name: "Ana", password: "long enough", now: NOW });
      for (const { id } of workspaces)
        await addMembership(prisma, { workspaceId: id, memberId: member.id, role, now: NOW });
      return member;
    },
    async drop() {
      await prisma.$disconnect();
      await db.drop();
    },
  };
}
