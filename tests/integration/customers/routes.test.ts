import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as postReveal } from "@/app/api/workspaces/[slug]/customers/[customer]/reveal/route";
import { GET as getCustomer } from "@/app/api/workspaces/[slug]/customers/[customer]/route";
import { GET as getSummary } from "@/app/api/workspaces/[slug]/customers/[customer]/summary/route";
import { GET as getTimeline } from "@/app/api/workspaces/[slug]/customers/[customer]/timeline/route";
import { GET as getTraits } from "@/app/api/workspaces/[slug]/customers/[customer]/traits/route";
import { GET as getWhy } from "@/app/api/workspaces/[slug]/customers/[customer]/why/route";
import { listAudit, verifyAudit } from "@/lib/audit/queries";
import { profileRefs } from "@/lib/customers/profile-metrics";
import { REVEALS_AN_HOUR } from "@/lib/customers/reveal";
import { addMembership, createMember } from "@/lib/members/mutations";
import { catalogue } from "@/lib/metrics/catalogue";
import { parseDay, startOfDay } from "@/lib/platform/day";
import { webPrisma } from "@/lib/platform/http/connections";
import type { DeclaredRoute } from "@/lib/platform/http/route";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Role, Workspace } from "@/lib/workspaces/schema";
import { fillTeahouse } from "@/tests/e2e/seed-teahouse";
import { PASSWORD, teahouse } from "@/tests/e2e/world";
import { closeConnections, signedIn, useDatabase } from "@/tests/integration/api/console";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const { regular, visitor } = teahouse;
const ZONE = "Asia/Shanghai";
const NOW = new Date("2026-07-01T02:00:00Z");

let db: TestDatabase;
let workspace: Workspace;
let elsewhere: Workspace;
const headers = new Map<Role, Headers>();

beforeAll(async () => {
  db = await testDatabase();
  useDatabase(db.url);
  const make = (slug: string) =>
    createWorkspace(db.pool, {
      slug,
      name: slug,
      timeZone: ZONE,
      currency: "CNY",
      clock: { mode: "fixed", at: startOfDay(parseDay(teahouse.today), ZONE) },
      now: NOW,
    });
  workspace = await make(teahouse.slug);
  elsewhere = await make("elsewhere");
  await fillTeahouse(db.pool, workspace, NOW);
  for (const role of ["operator", "analyst", "manager", "admin"] as const) {
    const { id } = await createMember(webPrisma(), {
      email: `${role}@customer.test`,
      name: role,
      password: PASSWORD,
      now: NOW,
    });
    for (const { id: workspaceId } of [workspace, elsewhere])
      await addMembership(webPrisma(), { workspaceId, memberId: id, role, now: NOW });
    headers.set(role, await signedIn({ id }));
  }
});
afterAll(async () => {
  await closeConnections();
  await db.drop();
});

const ORIGIN = "http://console.test";

function ask(
  route: DeclaredRoute,
  p: { role?: Role; slug?: string; customer?: number | string; search?: string; body?: unknown } = {},
): Promise<Response> {
  const own = new Headers(headers.get(p.role ?? "operator"));
  own.set("origin", ORIGIN);
  own.set("content-type", "application/json");
  const request = new Request(`${ORIGIN}/api?${p.search ?? ""}`, {
    headers: own,
    ...(p.body === undefined ? {} : { method: "POST", body: JSON.stringify(p.body) }),
  });
  const customer = String(p.customer ?? regular.id);
  return route(request, { params: Promise.resolve({ slug: p.slug ?? teahouse.slug, customer }) });
}
const answerOf = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).json();

const readers = { getCustomer, getSummary, getTimeline, getWhy };

describe("who is found", () => {
  test.each(Object.entries(readers))(
    "%s: unknown ids and ids of another workspace answer alike",
    async (_name, route) => {
      const unknown = await ask(route, { customer: 999_999_999 });
      const foreign = await ask(route, { slug: elsewhere.slug });
      expect([unknown.status, foreign.status]).toEqual([404, 404]);
      const [one, other] = await Promise.all([unknown.json(), foreign.json()]);
      expect({ ...one.error, requestId: "", details: {} }).toEqual({
        ...other.error,
        requestId: "",
        details: {},
      });
      for (const text of ["abc", "0", "-1", "1.5", "99999999999999999999"])
        expect((await ask(route, { customer: text })).status).toBe(400);
    },
  );

  test("a reveal of another workspace's customer is a 404 too, and leaves no entry", async () => {
    const answer = await ask(postReveal, {
      role: "admin",
      slug: elsewhere.slug,
      body: { reason: "wrong door" },
    });
    expect(answer.status).toBe(404);
    expect(await listAudit(db.pool, { workspaceId: elsewhere.id, limit: 10 })).toEqual([]);
  });

  test("a merged id answers with the customer it belongs to", async () => {
    expect((await answerOf(getCustomer, { customer: visitor })).customerId).toBe(regular.id);
    const { identities } = await answerOf(getCustomer);
    expect(identities.find((one: { value: string }) => one.value === "anon-7").joined).toMatchObject({
      customerId: visitor,
      displayKey: "anon-7",
      at: NOW.toISOString(),
    });
  });
});

describe("as of a day", () => {
  test("metrics, traits and stage are those of that day", async () => {
    const then = await answerOf(getCustomer, { search: "asOf=2026-04-30" });
    const now = await answerOf(getCustomer);
    const orders = (of: { metrics: { metric: string; value: unknown }[] }) =>
      of.metrics.find((one) => one.metric === "orders")?.value;
    expect([orders(then), orders(now)]).toEqual([3, 6]);
    const plan = (of: { traits: { key: string; value: unknown; changes: number }[] }) =>
      of.traits.find((one) => one.key === "plan");
    expect(plan(then)).toMatchObject({ value: "silver", changes: 1 });
    expect(plan(now)).toMatchObject({ value: "gold", changes: 2 });
    expect([then.standing.stage, now.standing.stage]).toEqual(["growth", "stable"]);
    expect((await answerOf(getTraits, { search: "key=plan&asOf=2026-04-30" })).changes).toHaveLength(1);
  });

  test("a later day than today is today; before its first day a customer has no values", async () => {
    expect((await answerOf(getCustomer, { search: "asOf=2099-01-01" })).asOf).toBe(teahouse.today);
    const before = await answerOf(getCustomer, { search: "asOf=2020-01-01" });
    expect(before).toMatchObject({ standing: null, firstSeenOn: null, firstDay: "2026-03-22" });
    expect(before.metrics.every((one: { value: unknown }) => one.value === null)).toBe(true);
    expect((await answerOf(getWhy, { search: "asOf=2020-01-01" })).trace).toBeNull();
  });

  test("every metric that needs no parameters stands in a group, once", () => {
    const plain = catalogue.filter((one) => one.params.safeParse({}).success).map((one) => one.key);
    expect(plain.filter((key) => !profileRefs.some((ref) => ref.metric === key))).toEqual([]);
    const texts = profileRefs.map((ref) => JSON.stringify([ref.metric, ref.params]));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("the summary says why in one sentence, in the language of the request", async () => {
    const summary = await answerOf(getSummary);
    expect(summary.why).toContain("Orders is at least 5 (it is 6)");
    expect(summary.metrics).toHaveLength(6);
    expect(summary.events).toHaveLength(5);
  });
});

describe("personal values", () => {
  const secrets = [regular.key, regular.email, "李雷", "龙井路"];

  test.each(["operator", "analyst", "manager", "admin"] as const)(
    "are masked in every answer for a %s",
    async (role) => {
      const texts = await Promise.all(
        [
          ...Object.values(readers).map((route) => ask(route, { role })),
          ...["email", "name"].map((key) => ask(getTraits, { role, search: `key=${key}` })),
        ].map(async (answer) => (await answer).text()),
      );
      for (const text of texts) for (const secret of secrets) expect(text).not.toContain(secret);
      expect(texts[0]).toContain(regular.masked);
      expect(texts[0]).toContain(regular.maskedEmail);
    },
  );

  test("a workspace's plain ids are shown as they are", async () => {
    expect(await answerOf(getCustomer, { customer: regular.id + 1 })).toMatchObject({
      displayKey: "u-2",
      masked: false,
    });
    expect(await answerOf(getCustomer)).toMatchObject({ masked: true });
  });

  test("operators and analysts may not reveal; nothing is recorded", async () => {
    for (const role of ["operator", "analyst"] as const)
      expect((await ask(postReveal, { role, body: { reason: "curious" } })).status).toBe(403);
    expect(await listAudit(db.pool, { workspaceId: workspace.id, limit: 10 })).toEqual([]);
  });

  test.each([
    {},
    { reason: "  " },
    { reason: "x".repeat(501) },
    { reason: "ok then", events: ["no-id"] },
    { reason: "why", all: true },
  ])("%j is no reason", async (body) => {
    expect((await ask(postReveal, { role: "manager", body })).status).toBe(400);
  });

  test("a reveal answers in the clear and is recorded without the values", async () => {
    const { events } = await answerOf(getTimeline, { search: "kind=order" });
    const ids = events.map((one: { messageId: string }) => one.messageId);
    const answer = await ask(postReveal, { role: "manager", body: { reason: "calling back", events: ids } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const shown = await answer.json();
    expect(shown.displayKey).toBe(regular.key);
    expect(shown.traits.find((one: { key: string }) => one.key === "email").value).toBe(regular.email);
    expect(Object.keys(shown.properties).sort()).toEqual([...ids].sort());
    expect(JSON.stringify(shown.properties)).toContain("龙井路");
    const [entry] = await listAudit(db.pool, { workspaceId: workspace.id, limit: 1 });
    expect(entry).toMatchObject({
      action: "customer.revealed",
      actor: { name: "manager" },
      target: `customer ${regular.id}`,
      reason: "calling back",
      after: { events: ids.length },
    });
    for (const secret of secrets) expect(JSON.stringify(entry)).not.toContain(secret);
    expect((await verifyAudit(db.pool, workspace.id)).brokenAt).toBeNull();
  });

  test("beyond the hour's limit nobody sees more, other members still do", async () => {
    const tries = Array.from({ length: REVEALS_AN_HOUR + 3 }, () =>
      ask(postReveal, { role: "admin", body: { reason: "one by one" } }),
    );
    const statuses = (await Promise.all(tries)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(REVEALS_AN_HOUR);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    const refused = await ask(postReveal, { role: "admin", body: { reason: "once more" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect((await ask(postReveal, { role: "manager", body: { reason: "still there" } })).status).toBe(200);
  });
});
