import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { ingest } from "@/lib/intake/ingest";
import { compileMapping, NO_MAPPING, type SourceMapping } from "@/lib/sources/mapping";
import { previewMapping } from "@/lib/sources/preview";
import { replayQuarantine } from "@/lib/sources/replay";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { storedCustomers } from "@/tests/support/stored-customers";

const now = new Date("2026-06-30T08:00:00Z");
const timeZone = "Asia/Shanghai";
let db: TestDatabase;
let shops = 0;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const mapping: SourceMapping = {
  events: [{ from: "heartbeat", to: null }],
  properties: [
    { event: "下单", from: "总价", to: "revenue" },
    { event: null, from: "关键词", to: "query" },
  ],
  defaults: [{ event: "follow", property: "target", value: "店铺" }],
};
const apply = compileMapping(mapping);

interface Shop {
  workspaceId: number;
  sourceId: number;
  writeKey: string;
}
async function shop(): Promise<Shop> {
  const slug = `shop-${shops++}`;
  const { id } = await createWorkspace(db.pool, { slug, name: slug, timeZone, currency: "CNY", now });
  const source = await createSource(db.pool, { workspaceId: id, name: "web", kind: "http", now });
  return { workspaceId: id, sourceId: source.sourceId, writeKey: source.writeKey! };
}

const send = ({ writeKey }: Shop, batch: unknown[], receivedAt: Date, around: object = {}) =>
  ingest(
    { directory: db.pool, pool: db.pool },
    {
      method: "batch",
      headers: {},
      queryWriteKey: writeKey,
      body: Buffer.from(JSON.stringify({ batch, ...around })),
      receivedAt,
    },
  );
const replay = (one: Shop) => replayQuarantine(db.pool, { ...one, currency: "CNY", apply, now });
const drained = (one: Shop) => drainAll(db.pool, { workspaceId: one.workspaceId, timeZone, now });
const left = async ({ workspaceId }: Shop): Promise<string[]> =>
  (
    await db.pool.query("SELECT reason FROM event_quarantine WHERE workspace_id = $1 ORDER BY id", [
      workspaceId,
    ])
  ).rows.map(({ reason }) => reason);

/** What the drain counted, by kind. */
const counted = async ({ workspaceId }: Shop) =>
  (
    await db.pool.query(
      `SELECT kind, sum(events)::int AS events, sum(duplicates)::int AS duplicates, sum(known)::int AS known,
         sum(valued)::int AS valued
       FROM source_activity WHERE workspace_id = $1 GROUP BY 1 ORDER BY 1`,
      [workspaceId],
    )
  ).rows;

/** What is sent wrong, what would have been right (null: refused either way, or dropped), and what stays. */
const happening = fc.oneof(
  fc.nat({ max: 99_999 }).map((fen) => {
    const price = (fen / 100).toFixed(2);
    return {
      wrong: { event: "下单", properties: { 总价: price, note: "a" } },
      right: { event: "Order Completed", properties: { note: "a", revenue: price } },
    };
  }),
  fc.constantFrom("鞋", "shoes").map((query) => ({
    wrong: { event: "search", properties: { 关键词: query } },
    right: { event: "Products Searched", properties: { query } },
  })),
  fc.constant({ wrong: { event: "follow" }, right: { event: "关注", properties: { target: "店铺" } } }),
  fc.constant({ wrong: { event: "heartbeat", userId: "guest" }, right: null }),
  fc.constant({ wrong: { event: "order", properties: {} }, right: null, stays: true }),
  fc.constant({ wrong: { event: "view", userId: "null" }, right: null, stays: true }),
  fc.constant({ wrong: { event: "view" }, right: { event: "view" } }),
);

const message = fc.record({
  what: happening,
  userId: fc.constantFrom("u1", "u2", "u3"),
  minute: fc.nat({ max: 5_000 }),
  id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g"),
});
const requests = fc.array(
  fc.record({
    messages: fc.array(message, { minLength: 1, maxLength: 12 }),
    skewMinutes: fc.constantFrom(0, 0, 7),
    channel: fc.option(fc.constantFrom("抖音", "ads")),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Message ids are unique per sender; the same id twice in a run is the same message. */
const idOf = ({ id, userId, what }: { id: string; userId: string; what: object }) =>
  `${id} ${userId} ${JSON.stringify(what)}`;

test("broken events that are mapped and replayed are the events sent right in the first place", async () => {
  await fc.assert(
    fc.asyncProperty(requests, async (all) => {
      const [wrong, right] = [await shop(), await shop()];
      let stays = 0;
      for (const [n, { messages, skewMinutes, channel }] of all.entries()) {
        const receivedAt = new Date(Date.UTC(2026, 5, 20, n));
        const sentAt = new Date(receivedAt.getTime() - skewMinutes * 60_000).toISOString();
        const around = { sentAt, ...(channel && { context: { campaign: { source: channel } } }) };
        const made = (side: "wrong" | "right") =>
          messages.flatMap((one) => {
            const said = one.what[side];
            const timestamp = new Date(Date.UTC(2026, 5, 15) + one.minute * 60_000).toISOString();
            const rest = { type: "track", userId: one.userId, timestamp, messageId: idOf(one) };
            return said ? [{ ...rest, ...said }] : [];
          });
        await send(wrong, made("wrong"), receivedAt, around);
        await send(right, made("right"), receivedAt, around);
        stays += messages.filter(({ what }) => "stays" in what).length;
      }
      const foreseen = await previewMapping(db.pool, { ...wrong, currency: "CNY", apply });
      const waiting = await left(wrong);
      const [first, second] = await Promise.all([replay(wrong), replay(wrong)]);
      expect(first.accepted + second.accepted).toBe(foreseen.accepted);
      expect(first.dropped + second.dropped).toBe(foreseen.dropped);
      expect(await left(wrong)).toHaveLength(stays);
      expect(foreseen).toMatchObject({ examined: waiting.length, refused: stays, partial: false });
      expect(await replay(wrong)).toMatchObject({ accepted: 0, dropped: 0, refused: stays });
      await drained(wrong);
      await drained(right);
      expect(await storedCustomers(db.pool, wrong.workspaceId)).toEqual(
        await storedCustomers(db.pool, right.workspaceId),
      );
      expect(await counted(wrong)).toEqual(await counted(right));
    }),
    { numRuns: 25 },
  );
}, 120_000);

describe("a replay", () => {
  const order = (n: number, name: string) => ({
    type: "track",
    event: "下单",
    userId: `u${n % 7}`,
    messageId: `m${n}`,
    timestamp: "2026-06-20T01:00:00Z",
    properties: { [name]: "1.00" },
  });
  const orders = (from: number, to: number, name: string) =>
    Array.from({ length: to - from }, (_, n) => order(from + n, name));

  test("loses and doubles nothing while new events come in, drains run and others replay", async () => {
    const one = await shop();
    for (let n = 0; n < 1_600; n += 400) await send(one, orders(n, n + 400, "总价"), now);
    await Promise.all([
      replay(one),
      replay(one),
      replay(one),
      ...[0, 1, 2, 3].map((n) => send(one, orders(2_000 + n * 50, 2_050 + n * 50, "revenue"), now)),
      drained(one),
    ]);
    await replay(one);
    await drained(one);
    expect(await left(one)).toEqual([]);
    const { rows } = await db.pool.query(
      "SELECT count(*)::int AS events, sum(amount)::int AS fen FROM event WHERE workspace_id = $1",
      [one.workspaceId],
    );
    expect(rows).toEqual([{ events: 1_800, fen: 180_000 }]);
    const counted = await db.pool.query(
      "SELECT sum(events)::int AS events, sum(duplicates)::int AS duplicates FROM source_activity WHERE workspace_id = $1",
      [one.workspaceId],
    );
    expect(counted.rows).toEqual([{ events: 1_800, duplicates: 0 }]);
  });

  test("leaves another source's quarantine, and what was never an event, where they are", async () => {
    const one = await shop();
    const other = await createSource(db.pool, {
      workspaceId: one.workspaceId,
      name: "app",
      kind: "http",
      now,
    });
    await send({ ...one, writeKey: other.writeKey! }, orders(0, 3, "总价"), now);
    await ingest(
      { directory: db.pool, pool: db.pool },
      {
        method: "track",
        headers: {},
        queryWriteKey: one.writeKey,
        body: Buffer.from("{"),
        receivedAt: now,
      },
    );
    expect(await replay(one)).toMatchObject({ examined: 1, accepted: 0, refused: 1 });
    expect(await left(one)).toEqual(["missing_amount", "missing_amount", "missing_amount", "malformed_json"]);
  });

  test("writes today's reason beside what is refused again", async () => {
    const one = await shop();
    await send(one, [order(1, "总价")], now);
    const half = compileMapping({
      ...NO_MAPPING,
      defaults: [{ event: null, property: "revenue", value: "much" }],
    });
    await replayQuarantine(db.pool, { ...one, currency: "CNY", apply: half, now });
    expect(await left(one)).toEqual(["bad_amount"]);
  });

  test("gives a mapping that is saved to the next request of every process", async () => {
    const one = await shop();
    await db.pool.query("UPDATE source SET mapping = $2, mapping_version = 1 WHERE id = $1", [
      one.sourceId,
      mapping,
    ]);
    expect(await send(one, [order(1, "总价")], now)).toMatchObject({ status: 200, body: { success: true } });
    await db.pool.query("UPDATE source SET mapping = $2, mapping_version = 2 WHERE id = $1", [
      one.sourceId,
      NO_MAPPING,
    ]);
    expect((await send(one, [order(2, "总价")], now)).body.rejected).toMatchObject([
      { reason: "missing_amount" },
    ]);
  });
});
