import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { ingest, MAX_BATCH_EVENTS } from "@/lib/intake/ingest";
import { parseDay } from "@/lib/platform/day";
import { getArpu } from "@/lib/value/arpu";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const receivedAt = new Date("2026-05-01T08:00:00Z");
let db: TestDatabase;
let workspaceId: number;
let writeKey: string;
beforeAll(async () => {
  db = await testDatabase();
  const zone = { timeZone: "UTC", currency: "CNY", now: receivedAt };
  workspaceId = (await createWorkspace(db.pool, { slug: "small", name: "Small", ...zone })).id;
  const source = await createSource(db.pool, { workspaceId, name: "http", kind: "http", now: receivedAt });
  writeKey = source.writeKey!;
});
afterAll(() => db.drop());

/** Small on the wire, large in effect: what a public write key lets anybody send. */
const send = (batch: unknown[], context?: unknown) =>
  ingest(
    { directory: db.pool, pool: db.pool },
    {
      method: "batch",
      headers: { "content-encoding": "gzip" },
      queryWriteKey: writeKey,
      body: gzipSync(JSON.stringify({ batch, context })),
      receivedAt,
    },
  );
const count = async (table: "event_inbox" | "event_quarantine") =>
  (await db.pool.query(`SELECT count(*) FROM ${table} WHERE workspace_id = $1`, [workspaceId])).rows[0].count;

const track = { type: "track", userId: "u", event: "Liked" };

test("a batch of too many events is refused whole, as one row of quarantine", async () => {
  const answer = await send(Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => 0));
  expect(answer).toMatchObject({
    status: 413,
    body: { message: expect.stringContaining(String(MAX_BATCH_EVENTS)) },
  });
  expect([await count("event_inbox"), await count("event_quarantine")]).toEqual([0, 1]);
  expect((await send(Array.from({ length: MAX_BATCH_EVENTS }, () => track))).status).toBe(200);
  expect(await count("event_inbox")).toBe(MAX_BATCH_EVENTS);
});

test("a context that a batch shares has the size of an event at most", async () => {
  const context = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i}`, i]));
  expect(await send([track], context)).toMatchObject({ status: 413, body: { reason: "event_too_large" } });
});

test("traits beyond two hundred are refused, shared or own", async () => {
  const traits = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`t${i}`, i]));
  for (const answer of [
    await send([{ ...track, context: { traits } }]),
    await send([track], { traits }),
    await send([{ type: "identify", userId: "u", traits }]),
  ])
    expect(answer).toMatchObject({
      status: 200,
      body: { rejected: [{ reason: "bad_field", path: "traits" }] },
    });
});

test("a workspace whose revenue passes exact integers still has an ARPU", async () => {
  const order = {
    type: "track",
    userId: "rich",
    event: "Order Completed",
    properties: { revenue: 100_000_000_000 },
  };
  expect((await send(Array.from({ length: 1_000 }, () => order))).body).toEqual({ success: true });
  await drainAll(db.pool, { workspaceId, timeZone: "UTC", now: receivedAt });
  const day = parseDay("2026-05-01");
  const { revenue, customers } = await getArpu(db.pool, { workspaceId, from: day, to: day });
  expect({ revenue, customers }).toEqual({ revenue: 1e16, customers: 2 });
});
