import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as postCount } from "@/app/api/workspaces/[slug]/customers/count/route";
import { GET as getExport } from "@/app/api/workspaces/[slug]/customers/export/route";
import { GET as getCustomers } from "@/app/api/workspaces/[slug]/customers/route";
import { GET as getSearch } from "@/app/api/workspaces/[slug]/customers/search/route";
import {
  DELETE as deleteTag,
  PATCH as patchTag,
} from "@/app/api/workspaces/[slug]/customers/tags/[tag]/route";
import { POST as postApply } from "@/app/api/workspaces/[slug]/customers/tags/apply/route";
import { GET as getTags, POST as postTag } from "@/app/api/workspaces/[slug]/customers/tags/route";
import { POST as postUndo } from "@/app/api/workspaces/[slug]/customers/tags/undo/route";
import { GET as getDistribution } from "@/app/api/workspaces/[slug]/metrics/distribution/route";
import { GET as getMetrics } from "@/app/api/workspaces/[slug]/metrics/route";
import { GET as getValues } from "@/app/api/workspaces/[slug]/metrics/values/route";
import type { AuditEntry } from "@/lib/audit/schema";
import type { CustomersCount, ListedCustomer } from "@/lib/customers/list-schema";
import type { TagWithCustomers } from "@/lib/customers/tags-schema";
import { catalogue } from "@/lib/metrics/catalogue";
import { catalogueEntries } from "@/lib/metrics/catalogue-entries";
import { type Distribution, getCoverage } from "@/lib/metrics/distribution";
import { listParamValues } from "@/lib/metrics/values";
import { parseDay } from "@/lib/platform/day";
import { webPrisma } from "@/lib/platform/http/connections";
import type { Rule } from "@/lib/rules/schema";
import { ruleToText } from "@/lib/rules/url-text";
import seed from "@/tests/e2e/seed";
import { harbour, people, quay } from "@/tests/e2e/world";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { closeConnections, get, post, signedIn, useDatabase } from "./console";

let db: TestDatabase;
let quayId: number;
const headersOf = new Map<string, Headers>();
/** Headers of a seeded person. */
const as = (person: { email: string }): Headers => headersOf.get(person.email)!;

beforeAll(async () => {
  db = await testDatabase();
  useDatabase(db.url);
  await seed(db.url);
  for (const member of await webPrisma().member.findMany({ select: { id: true, email: true } }))
    headersOf.set(member.email, await signedIn(member));
  const { rows } = await db.pool.query("SELECT id FROM workspace WHERE slug = $1", [quay.slug]);
  quayId = rows[0].id;
});
afterAll(async () => {
  await closeConnections();
  await db.drop();
});

const read = async <T>(answer: Promise<Response>, status = 200): Promise<T> => {
  const got = await answer;
  const body = await got.json();
  expect([got.status, got.status === status ? null : body]).toEqual([status, null]);
  return body;
};
const bigSpenders: Rule = { metric: "revenue", op: "ge", value: 100_000 };
const pro: Rule = { metric: "trait", params: { key: "plan" }, op: "eq", value: "pro" };

interface List {
  count: CustomersCount;
  customers: ListedCustomer[];
}
const list = (search: string, person: { email: string } = people.manager): Promise<List> =>
  read(get(getCustomers, quay.slug, `limit=500&${search}`, as(person)));

/** A route with a tag in its path. */
const onTag = (
  method: "PATCH" | "DELETE",
  tag: number | string,
  body: unknown,
  person: { email: string },
) => {
  const headers = new Headers(as(person));
  headers.set("origin", "http://console.test");
  headers.set("content-type", "application/json");
  const request = new Request("http://console.test/api", {
    method,
    headers,
    body: method === "PATCH" ? JSON.stringify(body) : undefined,
  });
  const handler = method === "PATCH" ? patchTag : deleteTag;
  return handler(request, { params: Promise.resolve({ slug: quay.slug, tag: String(tag) }) });
};

async function deeds(): Promise<Pick<AuditEntry, "action" | "after">[]> {
  const { rows } = await db.pool.query(
    "SELECT action, after FROM audit_entry WHERE workspace_id = $1 AND action LIKE ANY ('{customers%,tag%}') ORDER BY seq",
    [quayId],
  );
  return rows;
}

describe("a rule", () => {
  test.each([
    ["over stored metrics", bigSpenders],
    ["over computed metrics", pro],
  ])("%s: the live count, the list and its sample agree", async (_name, rule) => {
    const found = await list(`rule=${ruleToText(rule)}`);
    const live = await read<{
      count: CustomersCount;
      sample: { displayKey: string }[];
      words: { text: string }[];
    }>(post(postCount, quay.slug, { rule }, as(people.manager)));
    expect(found.customers.length).toBeGreaterThan(0);
    expect(live.count).toEqual({ count: found.customers.length, exact: true });
    expect(live.sample.map((one) => one.displayKey)).toEqual(
      found.customers.slice(0, 5).map((one) => one.displayKey),
    );
    expect(live.words).toHaveLength(1);
  });

  test.each([
    ["no rule at all", { rule: 3 }],
    ["a metric there is not", { rule: { metric: "shoe_size", op: "known" } }],
    ["too deep", { rule: Array.from({ length: 9 }).reduce<unknown>((inner) => ({ not: inner }), pro) }],
    ["an earlier day alone", { since: "2026-06-01" }],
    ["an unknown name", { rules: pro }],
  ])("that is %s is 400", async (_name, body) => {
    expect((await post(postCount, quay.slug, body, as(people.manager))).status).toBe(400);
  });

  test("that cannot be read from the address is 400, never a fault", async () => {
    for (const search of [
      "rule=abc",
      "after=abc",
      "sort=shoe",
      "cols=stage,stage",
      `after=${"x".repeat(9_000)}`,
    ])
      expect((await get(getCustomers, quay.slug, search, as(people.manager))).status).toBe(400);
  });
});

describe("personal names", () => {
  test("are covered on the list, in search and in files for who may not reveal them", async () => {
    const clear = await list("");
    const covered = await list("", people.reader);
    expect(clear.customers.every((one) => one.displayKey.endsWith("@example.com"))).toBe(true);
    expect(covered.customers.every((one) => one.displayKey === "b***@e***.com")).toBe(true);
    const names = async (person: { email: string }) => {
      const answer = await get(getExport, quay.slug, "", as(person));
      const [, ...rows] = parse(await answer.text(), { bom: true }) as string[][];
      return rows.map((row) => row[0]);
    };
    expect(await names(people.manager)).toEqual(clear.customers.map((one) => one.displayKey));
    expect(new Set(await names(people.reader))).toEqual(new Set(["b***@e***.com"]));
  });
});

describe("search", () => {
  const search = async (q: string, slug: string = quay.slug, person: { email: string } = people.manager) =>
    (
      await read<{ customers: { customerId: number; displayKey: string; stage: string }[] }>(
        get(getSearch, slug, `q=${encodeURIComponent(q)}`, as(person)),
      )
    ).customers;

  test("finds by the beginning of a name and by a whole id, at most twenty", async () => {
    expect((await search("buyer0")).map((one) => one.displayKey)).toEqual(
      Array.from({ length: 10 }, (_, i) => `buyer0${i}@example.com`),
    );
    expect((await search("buyer07@example.com")).map((one) => one.displayKey)).toEqual([
      "buyer07@example.com",
    ]);
    expect(await search("buyer")).toHaveLength(20);
    expect(await search("%")).toEqual([]);
    expect(await search("buyer_7")).toEqual([]);
  });

  test("stays within the workspace", async () => {
    expect(await search("buyer07@example.com", harbour.slug)).toEqual([]);
    expect((await get(getSearch, quay.slug, "q=buyer", as(people.outsider))).status).toBe(404);
  });
});

describe("tags", () => {
  const tagsNow = async () =>
    (await read<{ tags: TagWithCustomers[] }>(get(getTags, quay.slug, "", as(people.clerk)))).tags;
  const apply = (body: object, person: { email: string } = people.clerk) =>
    read<{ added: number; removed: number; act: string }>(post(postApply, quay.slug, body, as(person)));

  test("are put on everybody of a filter, taken off again, and each act can be taken back", async () => {
    const tag = await read<{ id: number }>(
      post(postTag, quay.slug, { name: "重点", color: "blue" }, as(people.clerk)),
    );
    expect((await post(postTag, quay.slug, { name: "重点", color: "sky" }, as(people.clerk))).status).toBe(
      409,
    );
    const all = (await list("")).customers;
    const some = all.slice(0, 7).map((one) => one.customerId);
    const spenders = (await list(`rule=${ruleToText(bigSpenders)}`)).customers.map((one) => one.customerId);

    const first = await apply({ add: [tag.id], who: { ids: some } });
    expect(first).toMatchObject({ added: 7, removed: 0 });
    const again = await apply({ add: [tag.id], who: { ids: some } });
    expect(again).toMatchObject({ added: 0, removed: 0 });
    const second = await apply({ add: [tag.id], who: { rule: bigSpenders } });
    const union = new Set([...some, ...spenders]);
    expect(second.added).toBe(union.size - 7);
    const carriers = async () =>
      (await list(`tag=${tag.id}`)).customers.map((one) => one.customerId).sort((a, b) => a - b);
    const sorted = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);
    expect(await carriers()).toEqual(sorted(union));

    const off = await apply({ remove: [tag.id], who: { ids: some.slice(0, 3) } });
    expect(off.removed).toBe(3);
    expect(await carriers()).toEqual(sorted(union).filter((id) => !some.slice(0, 3).includes(id)));
    await read(post(postUndo, quay.slug, { act: off.act }, as(people.clerk)));
    expect(await carriers()).toEqual(sorted(union));
    await read(post(postUndo, quay.slug, { act: second.act }, as(people.clerk)));
    expect(await carriers()).toEqual(sorted(some));
    // Once is enough.
    await read(post(postUndo, quay.slug, { act: second.act }, as(people.clerk)), 409);

    expect(await tagsNow()).toEqual([{ id: tag.id, name: "重点", color: "blue", customers: 7 }]);
    await read(onTag("PATCH", tag.id, { name: "VIP", color: "pink" }, people.clerk));
    expect(await read(onTag("DELETE", tag.id, null, people.clerk))).toEqual({ customers: 7 });
    expect([await tagsNow(), await carriers()]).toEqual([[], []]);
    // A number is never given twice: an address that names the old tag finds nobody, not somebody else.
    const next = await read<{ id: number }>(
      post(postTag, quay.slug, { name: "重点", color: "sky" }, as(people.clerk)),
    );
    expect(next.id).toBe(tag.id + 1);
    const { action, after } = (await deeds()).find((one) => one.after?.act === second.act)!;
    expect(action).toBe("customers.tagged");
    expect(after).toMatchObject({ added: second.added, add: ["重点"], filter: { rule: bigSpenders } });
  });

  test.each([
    ["a tag there is not", { add: [999], who: {} }, 404],
    ["no tag", { who: {} }, 400],
    ["the same tag on and off", { add: [1], remove: [1], who: {} }, 400],
    ["no customers", { add: [1], who: { ids: [] } }, 400],
  ])("refuse %s", async (_name, body, status) => {
    expect((await post(postApply, quay.slug, body, as(people.clerk))).status).toBe(status);
  });

  test("are for who may tag", async () => {
    for (const call of [
      post(postTag, quay.slug, { name: "x", color: "sky" }, as(people.reader)),
      post(postApply, quay.slug, { add: [1], who: {} }, as(people.reader)),
      post(postUndo, quay.slug, { act: crypto.randomUUID() }, as(people.reader)),
      onTag("DELETE", 1, null, people.reader),
    ])
      expect((await call).status).toBe(403);
  });
});

test("a file is the list: filter, sort and columns; and who took how many is written down", async () => {
  const search = `rule=${ruleToText(bigSpenders)}&sort=-revenue&cols=revenue,stage,acquisition_channel,tags`;
  const shown = await list(search);
  const answer = await get(getExport, quay.slug, search, as(people.manager));
  const [head, ...rows] = parse(await answer.text(), { bom: true }) as string[][];
  expect(head).toEqual(["用户", "消费金额（CNY）", "阶段", "获客渠道", "标签"]);
  expect(rows.map((row) => [row[0], row[1], row[3]])).toEqual(
    shown.customers.map((one) => [
      one.displayKey,
      String((one.values.revenue as number) / 100),
      one.values.acquisition_channel ?? "",
    ]),
  );
  expect((await deeds()).at(-1)).toMatchObject({
    action: "customers.exported",
    after: { customers: rows.length, filter: { rule: bigSpenders }, covered: false },
  });
  const two = shown.customers.slice(0, 2);
  const part = await get(
    getExport,
    quay.slug,
    `ids=${two.map((one) => one.customerId).join(",")}&sort=-revenue`,
    as(people.manager),
  );
  expect((parse(await part.text(), { bom: true }) as string[][]).slice(1).map((row) => row[0])).toEqual(
    two.map((one) => one.displayKey),
  );
});

describe("the catalogue of metrics", () => {
  const spread = async (ref: { metric: string; params?: object }) =>
    (
      await read<{ distribution: Distribution }>(
        get(
          getDistribution,
          quay.slug,
          new URLSearchParams({ metric: ref.metric, params: JSON.stringify(ref.params ?? {}) }).toString(),
          as(people.manager),
        ),
      )
    ).distribution;

  test("has every metric, each of its shapes spread over all customers, and each bar opens as many", async () => {
    const { metrics } = await read<{ metrics: { key: string }[] }>(
      get(getMetrics, quay.slug, "", as(people.reader)),
    );
    expect(metrics.map((one) => one.key)).toEqual(catalogue.map((one) => one.key));
    const entries = catalogueEntries({ locale: "en", currency: "CNY" });
    const shapes = entries.flatMap((entry) =>
      entry.variants.map(({ ref, sql }) => ({ ref, sql, type: entry.type })),
    );
    expect(new Set(shapes.map(({ ref }) => ref.metric)).size).toBe(catalogue.length - 1); // a trait needs a key
    for (const { ref, sql, type } of shapes) {
      expect(sql).toContain(":workspace");
      const found = await spread(ref);
      expect(found.customers).toBe(quay.customers);
      if (type === "text") continue;
      expect(found.bars.reduce((sum, bar) => sum + bar.customers, 0)).toBe(found.known);
      const at = Math.floor(found.bars.length / 2);
      const [bar, next] = [found.bars[at], found.bars[at + 1]];
      if (!bar) continue;
      const rule: Rule = next
        ? { ...ref, op: "between", value: [bar.from, next.from] }
        : { ...ref, op: "ge", value: bar.from };
      expect((await list(`rule=${ruleToText(rule)}`)).count).toEqual({ count: bar.customers, exact: true });
    }
  });

  test("knows how many have a value", async () => {
    const asOf = parseDay(quay.today);
    const { customers, known } = await getCoverage(db.pool, { workspaceId: quayId, asOf });
    expect([customers, known.orders, known.acquisition_channel]).toEqual([
      quay.customers,
      quay.customers,
      40,
    ]);
    // Who ordered has an average order, and days since the last one.
    expect([known.average_order_value, known.days_since_last_order]).toEqual([
      known.last_order_on,
      known.last_order_on,
    ]);
  });

  test("offers labels and parameters that are there", async () => {
    const search = `metric=trait&params=${encodeURIComponent(JSON.stringify({ key: "plan" }))}`;
    const { values } = await read<{ values: string[] }>(get(getValues, quay.slug, search, as(people.reader)));
    expect(values.sort()).toEqual(["free", "pro", "team"]);
    expect(await listParamValues(db.pool, quayId)).toEqual({ kinds: [], traitKeys: ["plan"] });
    const labels = (await spread({ metric: "trait", params: { key: "plan" } })).labels;
    expect(labels.reduce((sum, label) => sum + label.customers, 0)).toBe(quay.customers);
  });

  test.each(["metric=shoe_size", "metric=revenue&params=x", "metric=revenue&params={%22days%22:-1}", ""])(
    "refuses %j",
    async (search) => {
      expect((await get(getDistribution, quay.slug, search, as(people.reader))).status).toBe(400);
    },
  );
});
