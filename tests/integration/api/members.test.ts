import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as postPreferences } from "@/app/api/preferences/route";
import { addDemoMembers, demoMembers, listDemoSignIns } from "@/lib/members/demo-sign-ins";
import { addMembership, createMember } from "@/lib/members/mutations";
import { findMember, findMembership, listMembershipsOf, verifyPassword } from "@/lib/members/queries";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { closeConnections, post, signedIn, useDatabase } from "./console";

const now = new Date("2026-06-30T08:00:00Z");
let db: TestDatabase;
let prisma: Prisma;

beforeAll(async () => {
  db = await testDatabase();
  useDatabase(db.url);
  prisma = openPrisma(db.url);
});
afterAll(async () => {
  await prisma.$disconnect();
  await closeConnections();
  await db.drop();
});

const person = (email: string) => ({ email, name: "Ana", password: "long enough", now });
const workspace = (slug: string, isDemo = false) =>
  createWorkspace(db.pool, { slug, name: slug, timeZone: "Asia/Shanghai", currency: "CNY", isDemo, now });

describe("members", () => {
  test("sign in by address in any case, and by nothing else", async () => {
    const ana = await createMember(prisma, person("Ana@Shop.test"));
    expect(ana).toMatchObject({ email: "ana@shop.test", locale: "zh-CN" });
    expect(await verifyPassword(prisma, { email: " ANA@shop.TEST ", password: "long enough" })).toBe(ana.id);
    expect(await verifyPassword(prisma, { email: "ana@shop.test", password: "long enough " })).toBeNull();
    expect(await verifyPassword(prisma, { email: "ben@shop.test", password: "long enough" })).toBeNull();
  });

  test("passwords are stored as argon2id and never read back", async () => {
    const { id } = await createMember(prisma, person("hash@shop.test"));
    const { passwordHash } = await prisma.member.findUniqueOrThrow({ where: { id } });
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(Object.keys((await findMember(prisma, id))!).sort()).toEqual(["email", "id", "locale", "name"]);
  });

  test("an address is taken once, however many ask at the same time", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => createMember(prisma, person("race@shop.test"))),
    );
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of outcomes)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
  });

  test("have one role a workspace; a new one replaces it", async () => {
    const { id: workspaceId } = await workspace("roles");
    const { id: memberId } = await createMember(prisma, person("roles@shop.test"));
    expect(await findMembership(prisma, { memberId, workspaceId })).toBeNull();
    await addMembership(prisma, { workspaceId, memberId, role: "analyst", now });
    await addMembership(prisma, { workspaceId, memberId, role: "admin", now });
    expect(await listMembershipsOf(prisma, memberId)).toEqual([
      { slug: "roles", name: "roles", role: "admin" },
    ]);
  });
});

describe("demo sign-ins", () => {
  test("are listed while they open demo workspaces and nothing else", async () => {
    expect(await listDemoSignIns(prisma)).toEqual([]);
    const demo = await workspace("demo", true);
    const own = await workspace("own");
    await addDemoMembers(prisma, { workspaceId: demo.id, now });
    await addDemoMembers(prisma, { workspaceId: demo.id, now });
    const everyone = demoMembers.map(({ email, role }) => ({ email, role }));
    expect(await listDemoSignIns(prisma)).toEqual(everyone);

    const first = demoMembers[0]!;
    const { id } = await prisma.member.findUniqueOrThrow({ where: { email: first.email } });
    await addMembership(prisma, { workspaceId: own.id, memberId: id, role: "operator", now });
    expect(await listDemoSignIns(prisma)).toEqual(everyone.slice(1));
  });
});

describe("language", () => {
  test("is remembered by the browser, and by the member who is signed in", async () => {
    const ana = await createMember(prisma, person("language@shop.test"));
    const answer = await post(postPreferences, "", { locale: "en" }, await signedIn(ana));
    expect(answer.headers.get("set-cookie")).toMatch(/^locale=en; Path=\//);
    expect(await findMember(prisma, ana.id)).toMatchObject({ locale: "en" });
    expect((await post(postPreferences, "", { locale: "en" }, await signedIn(null))).status).toBe(200);
    expect((await post(postPreferences, "", { locale: "xx" }, await signedIn(null))).status).toBe(400);
  });
});
