import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMembership, createMember } from "@/lib/members/mutations";
import { openPool, type Pool, workspacePool } from "@/lib/platform/db";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";
import { changeView, createView, deleteView } from "@/lib/views/mutations";
import { findDefaultSearch, getView, listViews } from "@/lib/views/queries";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const now = new Date("2026-06-01T00:00:00Z");
let db: TestDatabase;
/** As the console asks: a role that owns nothing, bound to one workspace. */
let web: Pool;
let here: Pool;
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
  web = openPool(db.url, 4, "perennial_web");
  const make = (slug: string) =>
    createWorkspace(db.pool, { slug, name: slug, timeZone: "UTC", currency: "CNY", now });
  const [first, second] = [await make("here"), await make("there")];
  here = workspacePool(web, first.id);
  const join = async (name: string) => {
    const password = "correct horse battery staple";
    const member = await createMember(prisma, { email: `${name}@views.test`, name, password, now });
    for (const { id } of [first, second])
      await addMembership(prisma, { workspaceId: id, memberId: member.id, role: "operator", now });
    return member;
  };
  const [anasSelf, bosSelf] = [await join("Ana"), await join("Bo")];
  ana = readerOf(first.id, anasSelf);
  bo = readerOf(first.id, bosSelf);
  elsewhere = readerOf(second.id, anasSelf);
});
afterAll(async () => {
  await web.end();
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
  (await listViews(workspacePool(web, reader.workspaceId), { ...reader, page })).map(({ name }) => name);

describe("a view", () => {
  test("is its owner's until it is shared, in its workspace and on its page alone", async () => {
    const made = await createView(here, { ...ana, ...view("Mine") });
    expect(made).toMatchObject({ name: "Mine", own: true, ownerName: "Ana", shared: false, starred: false });
    expect(await namesFor(ana)).toEqual(["Mine"]);
    expect(await namesFor(bo)).toEqual([]);
    await expect(getView(here, { ...bo, id: made.id })).rejects.toMatchObject({ code: "not_found" });
    await changeView(here, { ...ana, id: made.id, change: { shared: true } });
    expect(await namesFor(bo)).toEqual(["Mine"]);
    expect((await getView(here, { ...bo, id: made.id })).own).toBe(false);
    expect(await namesFor(elsewhere)).toEqual([]);
    expect(await namesFor(ana, "customers")).toEqual([]);
    const { rows } = await here.query("SELECT action, target, actor_name FROM audit_entry");
    expect(rows).toEqual([{ action: "view.shared", target: "Mine", actor_name: "Ana" }]);
  });

  test("is changed and removed by its owner alone", async () => {
    const made = await createView(here, { ...ana, ...view("Hers", { shared: true }) });
    for (const change of [{ name: "His" }, { shared: false }, { search: "range=7d" }])
      await expect(changeView(here, { ...bo, id: made.id, change })).rejects.toMatchObject({
        code: "forbidden",
      });
    await expect(deleteView(here, { ...bo, id: made.id })).rejects.toMatchObject({ code: "forbidden" });
    const renamed = await changeView(here, { ...ana, id: made.id, change: { name: "Hers again" } });
    expect(renamed).toMatchObject({ name: "Hers again", shared: true, search: "range=30d" });
    expect(await deleteView(here, { ...ana, id: made.id })).toMatchObject({ name: "Hers again" });
    expect(await namesFor(ana)).not.toContain("Hers again");
  });

  test("has a name its owner did not give before on that page", async () => {
    await createView(here, { ...ana, ...view("Twice") });
    await expect(createView(here, { ...ana, ...view("Twice") })).rejects.toMatchObject({
      code: "conflict",
    });
    const other = await createView(here, { ...ana, ...view("Once") });
    await expect(changeView(here, { ...ana, id: other.id, change: { name: "Twice" } })).rejects.toMatchObject(
      { code: "conflict" },
    );
    await createView(here, { ...bo, ...view("Twice") });
  });
});

describe("the star", () => {
  const defaultOf = (reader: typeof ana) => findDefaultSearch(here, { ...reader, page: "board" });

  test("is one a page and member, and moves", async () => {
    expect(await defaultOf(bo)).toBeNull();
    const first = await createView(here, {
      ...bo,
      ...view("First", { search: "range=7d", starred: true }),
    });
    expect(await defaultOf(bo)).toBe("range=7d");
    const second = await createView(here, { ...bo, ...view("Second", { search: "range=all" }) });
    await changeView(here, { ...bo, id: second.id, change: { starred: true } });
    expect(await defaultOf(bo)).toBe("range=all");
    expect((await getView(here, { ...bo, id: first.id })).starred).toBe(false);
    expect(await defaultOf(ana)).toBeNull();
    await changeView(here, { ...bo, id: second.id, change: { starred: false } });
    expect(await defaultOf(bo)).toBeNull();
  });

  test("of a view of others lasts as long as it is shared", async () => {
    const made = await createView(here, {
      ...ana,
      ...view("Team", { search: "range=ytd", shared: true }),
    });
    await changeView(here, { ...bo, id: made.id, change: { starred: true } });
    expect(await defaultOf(bo)).toBe("range=ytd");
    await changeView(here, { ...ana, id: made.id, change: { shared: false } });
    expect(await defaultOf(bo)).toBeNull();
  });
});
