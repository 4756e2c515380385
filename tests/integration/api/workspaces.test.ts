import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as getBoardRoute } from "@/app/api/workspaces/[slug]/board/route";
import { POST as postClock } from "@/app/api/workspaces/[slug]/clock/route";
import { GET as getExport } from "@/app/api/workspaces/[slug]/customers/export/route";
import { GET as getCustomers } from "@/app/api/workspaces/[slug]/customers/route";
import { GET as getReadyz } from "@/app/readyz/route";
import type { CustomersCount, ListedCustomer } from "@/lib/customers/list-schema";
import { webPrisma } from "@/lib/platform/http/connections";
import type { Board } from "@/lib/stages/board";
import { APPEARED } from "@/lib/stages/customers-filter";
import seed from "@/tests/e2e/seed";
import { empty, harbour, island, live, people } from "@/tests/e2e/world";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { closeConnections, get, post, signedIn, useDatabase } from "./console";

interface List {
  asOf: string;
  count?: CustomersCount;
  customers: ListedCustomer[];
  next: string | null;
}

let db: TestDatabase;
const headersOf = new Map<string, Headers>();
/** Headers of a seeded person. */
const as = (person: { email: string }): Headers => headersOf.get(person.email)!;
const nobody = new Headers({ "accept-language": "en", host: "console.test" });
const period = "from=2026-06-01&to=2026-06-30";

beforeAll(async () => {
  db = await testDatabase();
  useDatabase(db.url);
  await seed(db.url);
  for (const member of await webPrisma().member.findMany({ select: { id: true, email: true } }))
    headersOf.set(member.email, await signedIn(member));
});
afterAll(async () => {
  await closeConnections();
  await db.drop();
});

const board = async (slug: string, search = ""): Promise<Board> =>
  (await get(getBoardRoute, slug, search, as(people.manager))).json();
const list = async (slug: string, search: string): Promise<List> =>
  (await get(getCustomers, slug, search, as(people.manager))).json();

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

describe("who may call", () => {
  test.each([
    ["nobody", "board", () => get(getBoardRoute, harbour.slug, "", nobody), 401],
    ["nobody", "customers", () => get(getCustomers, harbour.slug, "", nobody), 401],
    ["nobody", "export", () => get(getExport, harbour.slug, "", nobody), 401],
    ["nobody", "clock", () => post(postClock, island.slug, { days: 1 }, nobody), 401],
    ["an outsider", "board", () => get(getBoardRoute, harbour.slug, "", as(people.outsider)), 404],
    ["an outsider", "customers", () => get(getCustomers, harbour.slug, "", as(people.outsider)), 404],
    ["an outsider", "export", () => get(getExport, harbour.slug, "", as(people.outsider)), 404],
    ["an outsider", "clock", () => post(postClock, harbour.slug, { days: 1 }, as(people.outsider)), 404],
    ["an analyst", "clock", () => post(postClock, harbour.slug, { days: 1 }, as(people.analyst)), 403],
    ["an analyst", "export", () => get(getExport, harbour.slug, "", as(people.analyst)), 200],
    ["an operator", "export", () => get(getExport, harbour.slug, "", as(people.operator)), 200],
    ["an analyst", "board", () => get(getBoardRoute, harbour.slug, "", as(people.analyst)), 200],
    ["an operator", "customers", () => get(getCustomers, harbour.slug, "", as(people.operator)), 200],
  ])("%s, %s", async (_who, _what, call, status) => {
    expect((await call()).status).toBe(status);
  });

  test("a foreign workspace answers like one that does not exist", async () => {
    const answers = await Promise.all(
      [harbour.slug, "no-such-place"].map((slug) => get(getBoardRoute, slug, "", as(people.outsider))),
    );
    const [foreign, missing] = await Promise.all(answers.map(async (answer) => (await answer.json()).error));
    expect({ ...foreign, requestId: "", details: {} }).toEqual({ ...missing, requestId: "", details: {} });
    expect(Object.keys(foreign.details)).toEqual(Object.keys(missing.details));
  });

  test("a sealed cookie of another secret is nobody's", async () => {
    const forged = new Headers({
      ...Object.fromEntries(as(people.manager)),
      cookie: "next-auth.session-token=a.b.c.d.e",
    });
    expect((await get(getBoardRoute, harbour.slug, "", forged)).status).toBe(401);
  });

  test("a role and a membership hold from the next request on", async () => {
    const prisma = webPrisma();
    const { id } = await prisma.member.findUniqueOrThrow({ where: { email: people.stranger.email } });
    const { id: workspaceId } = await prisma.workspace.findUniqueOrThrow({ where: { slug: harbour.slug } });
    const statusOf = async (handler: typeof getExport) =>
      (await get(handler, harbour.slug, "", as(people.stranger))).status;

    expect(await statusOf(getBoardRoute)).toBe(404);
    await prisma.membership.create({
      data: { workspaceId, memberId: id, role: "operator", createdAt: new Date() },
    });
    const mayAdvance = async () =>
      (await post(postClock, harbour.slug, { days: 0 }, as(people.stranger))).status !== 403;
    expect([await statusOf(getBoardRoute), await mayAdvance()]).toEqual([200, true]);
    await prisma.membership.updateMany({ where: { memberId: id }, data: { role: "analyst" } });
    expect(await mayAdvance()).toBe(false);
    await prisma.membership.deleteMany({ where: { memberId: id } });
    expect(await statusOf(getBoardRoute)).toBe(404);
    await prisma.member.delete({ where: { id } });
    expect(await statusOf(getBoardRoute)).toBe(401);
  });
});

describe("the board", () => {
  test("counts every customer in exactly one stage, now and before, on every day", async () => {
    const one = await board(harbour.slug, period);
    expect(one.customers).toBe(harbour.customers);
    expect(sum(one.stages.map((stage) => stage.customers))).toBe(one.customers);
    expect(sum(one.stages.map((stage) => stage.previous))).toBe(one.previousCustomers);
    expect(sum(one.flow.map((cell) => cell.customers))).toBe(one.customers);
    expect(one.trend).toHaveLength(31);
    expect(sum(Object.values(one.trend.at(-1)!.counts))).toBe(one.customers);
  });

  test("ends today by default and never later", async () => {
    expect(await board(harbour.slug)).toEqual(await board(harbour.slug, period));
    expect((await board(harbour.slug, "to=2099-01-01")).asOf).toBe(harbour.today);
  });

  test("is all zeros where nothing came in", async () => {
    const one = await board(empty.slug);
    expect([one.customers, one.pending, one.flow.length]).toEqual([0, 0, 0]);
    expect((await board(live.slug)).customers).toBe(live.customers);
  });
});

describe("every number opens its customers", () => {
  test("each stage, as of the end and as of the day before the period", async () => {
    const one = await board(harbour.slug, period);
    for (const stage of one.stages) {
      expect((await list(harbour.slug, `stage=${stage.key}`)).count).toEqual({
        count: stage.customers,
        exact: true,
      });
      const before = await list(harbour.slug, `stage=${stage.key}&asOf=${one.previousOn}`);
      expect(before.count).toEqual({ count: stage.previous, exact: true });
    }
  });

  test("each cell of the flow, who appeared included", async () => {
    const { flow, previousOn } = await board(harbour.slug, period);
    expect(flow.some((cell) => cell.from === null)).toBe(true);
    for (const { from, to, customers } of flow) {
      const search = `stage=${to}&since=${previousOn}&fromStage=${from ?? APPEARED}`;
      const { count, customers: rows } = await list(harbour.slug, `${search}&limit=500`);
      expect([count?.count, rows.length]).toEqual([customers, customers]);
      expect(rows.every((row) => row.stage === to)).toBe(true);
    }
  });

  test("page by page everybody comes once", async () => {
    const seen: number[] = [];
    let page = await list(harbour.slug, "limit=50&sort=-revenue");
    for (;;) {
      seen.push(...page.customers.map((row) => row.customerId));
      if (page.next === null) break;
      page = await list(harbour.slug, `limit=50&sort=-revenue&after=${page.next}`);
    }
    expect(new Set(seen).size).toBe(harbour.customers);
    expect(seen).toHaveLength(harbour.customers);
  });

  test("a page that is exactly full is not the last; the one after it is empty", async () => {
    const full = await list(harbour.slug, `limit=${harbour.customers}`);
    expect(full.next).not.toBeNull();
    const rest = await list(harbour.slug, `limit=100&after=${full.next}`);
    expect(rest).toMatchObject({ customers: [], next: null });
  });
});

describe("the export", () => {
  test("holds the list that was counted, in the reader's language", async () => {
    const { stages } = await board(harbour.slug, period);
    const churned = stages.find((stage) => stage.key === "churned")!;
    const headers = new Headers(as(people.manager));
    headers.set("accept-language", "zh-CN");
    const answer = await get(getExport, harbour.slug, "stage=churned", headers);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const [head, ...rows] = parse(await answer.text(), { bom: true }) as string[][];
    expect(head?.[0]).toBe("用户");
    expect(rows).toHaveLength(churned.customers);
    expect(new Set(rows.map((row) => row[1]))).toEqual(new Set(["流失期"]));
    expect(rows.every((row) => /^-?\d+\.?\d*$/.test(row[4]!))).toBe(true);
  });
});

describe("bad questions", () => {
  test.each([
    ["a day that does not exist", getBoardRoute, "from=2026-02-30"],
    ["the wrong way round", getBoardRoute, "from=2026-06-30&to=2026-06-01"],
    ["an unknown name", getBoardRoute, "fom=2026-06-01"],
    ["an earlier day alone", getCustomers, "since=2026-06-01"],
    ["no stage key", getCustomers, "stage=';--"],
    ["a negative limit", getCustomers, "limit=-1"],
    ["a limit without end", getCustomers, "limit=100000"],
    ["no number", getCustomers, "after=NaN"],
  ])("%s is 400 and names the field", async (_name, handler, search) => {
    const answer = await get(handler, harbour.slug, search, as(people.manager));
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.details.fields.length).toBeGreaterThan(0);
  });
});

describe("the clock", () => {
  test("moves on a day, and the board with it", async () => {
    const before = await board(island.slug);
    const answer = await post(postClock, island.slug, { days: 1 }, as(people.manager));
    expect(answer.status).toBe(200);
    expect((await answer.json()).asOf).toBe("2026-04-01");
    const after = await board(island.slug);
    expect([before.asOf, after.asOf, after.settledOn]).toEqual([island.today, "2026-04-01", "2026-04-01"]);
    expect(sum(after.stages.map((stage) => stage.customers))).toBe(after.customers);
  });

  test("of real time cannot be moved", async () => {
    expect((await post(postClock, live.slug, { days: 1 }, as(people.manager))).status).toBe(409);
  });

  test.each([{ days: 0 }, { days: 1.5 }, { days: 400 }, { days: "1" }, {}])("refuses %j", async (body) => {
    expect((await post(postClock, island.slug, body, as(people.manager))).status).toBe(400);
  });

  test("is moved by our own pages only", async () => {
    const headers = new Headers(as(people.manager));
    headers.set("content-type", "application/json");
    const request = new Request("http://console.test/api", { method: "POST", headers, body: '{"days":1}' });
    expect((await postClock(request, { params: Promise.resolve({ slug: island.slug }) })).status).toBe(403);
  });
});

test("ready when database, migrations and session secret are", async () => {
  const answer = await getReadyz();
  expect(await answer.json()).toEqual({
    status: "ready",
    checks: { database: true, migrations: true, sessions: true },
  });
});
