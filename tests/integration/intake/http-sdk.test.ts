import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { messageUuid } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "../../support/database";
import { type IngestServer, serveIngest } from "./http-server";

// The package is CommonJS and its types name no default export.
const { default: RudderAnalytics } = (await import("@rudderstack/rudder-sdk-node")) as unknown as {
  default: new (key: string, options: object) => Rudder;
};
interface Rudder {
  identify(message: object): void;
  track(message: object): void;
  flush(done: (error?: Error) => void): void;
}

let database: TestDatabase;
let route: typeof import("@/app/v1/[method]/route");
let workspace: Workspace;
let writeKey: string;

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  route = await import("@/app/v1/[method]/route");
});
afterAll(async () => {
  const { ingestDoor } = await import("@/app/v1/ingest-connection");
  for (const pool of Object.values(ingestDoor())) await pool.end();
  await database.drop();
});

let made = 0;
async function newWorkspace(): Promise<void> {
  const now = new Date();
  const slug = `shop-${++made}`;
  workspace = await createWorkspace(database.pool, {
    slug,
    name: slug,
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    now,
  });
  writeKey = (
    await createSource(database.pool, { workspaceId: workspace.id, name: "server", kind: "http", now })
  ).writeKey!;
}

const drainWorkspace = () =>
  drainAll(database.pool, { workspaceId: workspace.id, timeZone: workspace.timeZone, now: new Date() });

const events = async () =>
  (
    await database.pool.query("SELECT * FROM event WHERE workspace_id = $1 ORDER BY occurred_at", [
      workspace.id,
    ])
  ).rows;
const count = async (table: string) =>
  (
    await database.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE workspace_id = $1`, [
      workspace.id,
    ])
  ).rows[0].n;

/** A Segment client that changed nothing but its host. */
const segmentClient = (server: IngestServer) =>
  new Analytics({
    writeKey,
    host: server.origin,
    path: "/v1/batch",
    maxRetries: 6,
    flushAt: 20,
    flushInterval: 50,
  });

describe("the real @segment/analytics-node client", () => {
  it("has every kind of call accepted, and the events are what was meant", async () => {
    await newWorkspace();
    const server = await serveIngest(route);
    const client = segmentClient(server);
    const context = { campaign: { name: "spring", source: "douyin", medium: "feed", term: "", content: "" } };
    client.page({ anonymousId: "cookie-1", name: "Home", properties: { url: "https://shop.cn/" }, context });
    client.track({ anonymousId: "cookie-1", event: "Product Added", properties: { product_id: "sku-1" } });
    client.identify({ userId: "u-1", anonymousId: "cookie-1", traits: { city: "杭州", level: 3 } });
    client.track({
      userId: "u-1",
      event: "Order Completed",
      properties: {
        order_id: "o-1",
        revenue: 99.9,
        currency: "CNY",
        products: [{ product_id: "sku-1", price: 99.9, quantity: 1 }],
      },
    });
    client.track({ userId: "u-1", event: "Order Refunded", properties: { order_id: "o-1", total: 20 } });
    client.track({ userId: "u-1", event: "签到", properties: { streak: 7 } });
    client.screen({ userId: "u-1", name: "Profile" });
    client.group({ userId: "u-1", groupId: "g-1", traits: { name: "Acme" } });
    client.alias({ userId: "u-1", previousId: "old-u-1" });
    await client.closeAndFlush();
    await server.close();

    expect(server.seen.every(({ status }) => status === 200)).toBe(true);
    expect(await count("event_quarantine")).toBe(0);
    expect(await count("event_inbox")).toBe(9);
    await drainWorkspace();
    const stored = await events();
    expect(stored.map(({ kind }) => kind).sort((a, b) => a - b)).toEqual([
      KIND.view, KIND.view, KIND.cart, KIND.order, KIND.refund, KIND.profile, KIND.profile, 100,
    ].sort((a, b) => a - b)); // biome-ignore format: a list
    expect(stored.filter(({ amount }) => amount !== null).map(({ kind, amount }) => [kind, amount])).toEqual(
      expect.arrayContaining([[KIND.order, 9990], [KIND.refund, -2000]]),
    ); // biome-ignore format: pairs
    expect(new Set(stored.map(({ customer_id }) => customer_id)).size).toBe(1);
    const traits = await database.pool.query(
      "SELECT key, value FROM customer_trait WHERE workspace_id = $1 ORDER BY key",
      [workspace.id],
    );
    expect(Object.fromEntries(traits.rows.map(({ key, value }) => [key, value]))).toMatchObject({
      $channel: "douyin",
      city: "杭州",
      level: 3,
      "group.id": "g-1",
      "group.name": "Acme",
    });
  });

  it("loses nothing and doubles nothing when answers are lost after the commit and proxies fail before it", async () => {
    await newWorkspace();
    const server = await serveIngest(route, async (nth, answer) => {
      if (nth === 2 || nth === 5) return new Response("bad gateway", { status: 502 });
      const response = await answer();
      return nth <= 6 ? new Response("the connection broke after the commit", { status: 500 }) : response;
    });
    const client = segmentClient(server);
    for (let i = 0; i < 100; i++)
      client.track({
        userId: `u-${i % 7}`,
        messageId: `fixed-${i % 50}`,
        event: "Order Completed",
        properties: { revenue: 1 },
      });
    await client.closeAndFlush();
    await server.close();

    expect(server.seen.filter(({ retry }) => Number(retry) > 0).length).toBeGreaterThanOrEqual(5);
    expect(await count("event_inbox")).toBeGreaterThan(100);
    await drainWorkspace();
    const sent = new Set(
      Array.from({ length: 100 }, (_, i) => `${messageUuid(`fixed-${i % 50}`)} u-${i % 7}`),
    );
    // The same message id of two customers are two events: 50 ids × 7 customers meet in 100 pairs.
    expect(await count("event")).toBe(sent.size);
  });

  it("waits when asked to (429) and then delivers everything", async () => {
    await newWorkspace();
    const server = await serveIngest(route, (nth, answer) =>
      nth <= 2
        ? Promise.resolve(new Response("{}", { status: 429, headers: { "retry-after": "1" } }))
        : answer(),
    );
    const client = segmentClient(server);
    for (let i = 0; i < 30; i++) client.track({ userId: `u-${i}`, event: "浏览" });
    await client.closeAndFlush();
    await server.close();
    expect(await count("event_inbox")).toBe(30);
  });

  it("is told about a wrong key at once and does not try again", async () => {
    await newWorkspace();
    const server = await serveIngest(route);
    const client = new Analytics({
      writeKey: "clm_wrong",
      host: server.origin,
      path: "/v1/batch",
      flushInterval: 50,
    });
    const failures: unknown[] = [];
    client.on("error", (failure) => failures.push(failure));
    client.track({ userId: "u", event: "x" });
    await client.closeAndFlush();
    await server.close();
    expect(server.seen.map(({ status }) => status)).toEqual([401]);
    expect(failures).toHaveLength(1);
    expect(await count("event_inbox")).toBe(0);
  });

  it("delivers the good events of a batch with bad ones, and the bad ones stay readable", async () => {
    await newWorkspace();
    const server = await serveIngest(route);
    const client = segmentClient(server);
    for (let i = 0; i < 10; i++)
      client.track({
        userId: "u-1",
        messageId: `m-${i}`,
        event: "Order Completed",
        properties: { revenue: i % 5 === 0 ? "12,50" : "12.50" },
      });
    await client.closeAndFlush();
    await server.close();
    expect(server.seen.every(({ status }) => status === 200)).toBe(true);
    expect(await count("event_inbox")).toBe(8);
    const refused = await database.pool.query(
      "SELECT reason, path, detail, raw::jsonb->>'messageId' AS id FROM event_quarantine WHERE workspace_id = $1 ORDER BY id",
      [workspace.id],
    );
    expect(refused.rows.map(({ reason, path, id }) => [reason, path, id]).sort()).toEqual([
      ["bad_amount", "properties.revenue", "m-0"],
      ["bad_amount", "properties.revenue", "m-5"],
    ]);
    expect(refused.rows[0].detail).toContain('not "12,50"');
  });
});

describe("the real @rudderstack/rudder-sdk-node client", () => {
  it.each([{ gzip: true }, { gzip: false }])("has its batches accepted, $gzip", async ({ gzip }) => {
    await newWorkspace();
    let failed = 0;
    const server = await serveIngest(route, async (_, answer) => {
      const response = await answer();
      return failed++ === 1 ? new Response("lost", { status: 503 }) : response;
    });
    const client = new RudderAnalytics(writeKey, {
      dataPlaneUrl: server.origin,
      gzip,
      flushAt: 10,
      logLevel: "none",
    });
    client.identify({ userId: "u-1", traits: { city: "上海" } });
    for (let i = 0; i < 25; i++)
      client.track({
        userId: "u-1",
        event: "Order Completed",
        properties: { order_id: `o-${i}`, revenue: 10 + i },
      });
    await expect
      .poll(
        async () => {
          await new Promise<void>((resolve) => client.flush(() => resolve()));
          await drainWorkspace();
          return count("event");
        },
        { timeout: 30_000, interval: 200 },
      )
      .toBe(26);
    await server.close();
    expect(await count("event_quarantine")).toBe(0);
    const sum = (await events()).reduce((total, { amount }) => total + (amount ?? 0), 0);
    expect(sum).toBe(25 * 1000 + (24 * 25 * 100) / 2);
  });
});
