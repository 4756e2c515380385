import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMembership, createMember } from "@/lib/members/mutations";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";
import { changeView, createView, deleteView } from "@/lib/views/mutations";
import { findDefaultSearch, getView, listViews } from "@/lib/views/queries";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const now = new Date("2026-06-01T00:00:00Z");
let db: TestDatabase;
let prisma: Prisma;
let ana: ReturnType<typeof readerOf>;
let bo: ReturnType<typeof readerOf>;
let elsewhere: ReturnType<typeof readerOf>;

const readerOf = (workspaceId: number, { id, name }: { id: string; name: string }) => ({
  workspaceId,
  memberId: id,
  actor: { kind: "member" as const, id, name },
  now,
});

beforeAll(async () => {
  db = await testDatabase();
  prisma = openPrisma(db.url);
  const make = (slug: string) =>
    createWorkspace(db.pool, { slug, name: slug, timeZone: "UTC", currency: "CNY", now });
  const [here, there] = [await make("here"), await make("there")];
  const join = async (name: string) => {
    const password = "correct horse battery staple";
    const member = await createMember(prisma, { email: `${name}@views.test`, name, password, now });
    for (const { id } of [here, there])
      await addMembership(prisma, { workspaceId: id, memberId: member.id, role: "operator", now });
    return member;
  };
  const [first, second] = [await join("Ana"), await join("Bo")];
  ana = readerOf(here.id, first);
  bo = readerOf(here.id, second);
  elsewhere = readerOf(there.id, first);
});
afterAll(async () => {
  await prisma.$disconnect();
  await db.drop();
});

const view = (name: string, more = {}) => ({
  page: "board" as const,
  name,
  search: "range=30d",
  shared: false,
  starred: false,
  ...more,
});
const namesFor = async (reader: typeof ana, page: "board" | "customers" = "board") =>
  (await listViews(db.pool, { ...reader, page })).map(({ name }) => name);

describe("a view", () => {
  test("is its owner's until it is shared, in its workspace and on its page alone", async () => {
    const made = await createView(db.pool, { ...ana, ...view("Mine") });
    expect(made).toMatchObject({ name: "Mine", own: true, ownerName: "Ana", shared: false, starred: false });
    expect(await namesFor(ana)).toEqual(["Mine"]);
    expect(await namesFor(bo)).toEqual([]);
    await expect(getView(db.pool, { ...bo, id: made.id })).rejects.toMatchObject({ code: "not_found" });
    await changeView(db.pool, { ...ana, id: made.id, change: { shared: true } });
    expect(await namesFor(bo)).toEqual(["Mine"]);
    expect((await getView(db.pool, { ...bo, id: made.id })).own).toBe(false);
    expect(await namesFor(elsewhere)).toEqual([]);
    expect(await namesFor(ana, "customers")).toEqual([]);
    const { rows } = await db.pool.query("SELECT action, target, actor_name FROM audit_entry");
    expect(rows).toEqual([{ action: "view.shared", target: "Mine", actor_name: "Ana" }]);
  });

  test("is changed and removed by its owner alone", async () => {
    const made = await createView(db.pool, { ...ana, ...view("Hers", { shared: true }) });
    for (const change of [{ name: "His" }, { shared: false }, { search: "range=7d" }])
      await expect(changeView(db.pool, { ...bo, id: made.id, change })).rejects.toMatchObject({
        code: "forbidden",
      });
    await expect(deleteView(db.pool, { ...bo, id: made.id })).rejects.toMatchObject({ code: "forbidden" });
    const renamed = await changeView(db.pool, { ...ana, id: made.id, change: { name: "Hers again" } });
    expect(renamed).toMatchObject({ name: "Hers again", shared: true, search: "range=30d" });
    expect(await deleteView(db.pool, { ...ana, id: made.id })).toMatchObject({ name: "Hers again" });
    expect(await namesFor(ana)).not.toContain("Hers again");
  });

  test("has a name its owner did not give before on that page", async () => {
    await createView(db.pool, { ...ana, ...view("Twice") });
    await expect(createView(db.pool, { ...ana, ...view("Twice") })).rejects.toMatchObject({
      code: "conflict",
    });
    const other = await createView(db.pool, { ...ana, ...view("Once") });
    await expect(
      changeView(db.pool, { ...ana, id: other.id, change: { name: "Twice" } }),
    ).rejects.toMatchObject({ code: "conflict" });
    await createView(db.pool, { ...bo, ...view("Twice") });
  });
});

describe("the star", () => {
  const defaultOf = (reader: typeof ana) => findDefaultSearch(db.pool, { ...reader, page: "board" });

  test("is one a page and member, and moves", async () => {
    expect(await defaultOf(bo)).toBeNull();
    const first = await createView(db.pool, {
      ...bo,
      ...view("First", { search: "range=7d", starred: true }),
    });
    expect(await defaultOf(bo)).toBe("range=7d");
    const second = await createView(db.pool, { ...bo, ...view("Second", { search: "range=all" }) });
    await changeView(db.pool, { ...bo, id: second.id, change: { starred: true } });
    expect(await defaultOf(bo)).toBe("range=all");
    expect((await getView(db.pool, { ...bo, id: first.id })).starred).toBe(false);
    expect(await defaultOf(ana)).toBeNull();
    await changeView(db.pool, { ...bo, id: second.id, change: { starred: false } });
    expect(await defaultOf(bo)).toBeNull();
  });

  test("of a view of others lasts as long as it is shared", async () => {
    const made = await createView(db.pool, {
      ...ana,
      ...view("Team", { search: "range=ytd", shared: true }),
    });
    await changeView(db.pool, { ...bo, id: made.id, change: { starred: true } });
    expect(await defaultOf(bo)).toBe("range=ytd");
    await changeView(db.pool, { ...ana, id: made.id, change: { shared: false } });
    expect(await defaultOf(bo)).toBeNull();
  });
});
