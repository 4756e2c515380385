import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { MAX_EVENT_BYTES } from "@/lib/intake/event-size";
import { type IngestDoor, ingest } from "@/lib/intake/ingest";
import { openIngestPool } from "@/lib/intake/ingest-pool";
import { openPool } from "@/lib/platform/db";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "../../support/database";

const receivedAt = new Date("2026-02-01T12:00:00.000Z");

let database: TestDatabase;
let workspace: Workspace;
let writeKey: string;
let sourceId: number;
let door: IngestDoor;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  door = {
    directory: openPool(database.url, 4, "perennial_directory"),
    pool: openIngestPool(database.url, 4),
  };
});
afterAll(async () => {
  for (const pool of Object.values(door)) await pool.end();
  await database.drop();
});
beforeEach(async () => {
  const slug = `w${++made}`;
  workspace = await createWorkspace(database.pool, {
    slug,
    name: slug,
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    now: receivedAt,
  });
  const source = { workspaceId: workspace.id, name: "http", kind: "http" as const, now: receivedAt };
  ({ sourceId, writeKey } = (await createSource(database.pool, source)) as {
    sourceId: number;
    writeKey: string;
  });
});

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

interface Sent {
  method?: string;
  body: unknown;
  headers?: Record<string, string>;
  query?: string;
  at?: Date;
  waiting?: number;
}
const send = ({ method = "track", body, headers, query, at = receivedAt, waiting }: Sent) =>
  ingest(
    door,
    {
      method,
      headers: headers ?? { authorization: basic(writeKey) },
      queryWriteKey: query,
      body: Buffer.isBuffer(body)
        ? body
        : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
      receivedAt: at,
    },
    waiting === undefined ? undefined : { waiting },
  );

const rows = async (text: string) => (await database.pool.query(text, [workspace.id])).rows;
const inbox = () => rows("SELECT * FROM event_inbox WHERE workspace_id = $1 ORDER BY seq");
const quarantined = () => rows("SELECT * FROM event_quarantine WHERE workspace_id = $1 ORDER BY id");

const track = (fields: object = {}) => ({ type: "track", userId: "u1", event: "Liked", ...fields });

describe("the answer to a request", () => {
  it("is the same for every way to name the key", async () => {
    const body = track({ messageId: "m" });
    const ways: Sent[] = [
      { body },
      { body: { ...body, writeKey }, headers: {} },
      { body, headers: {}, query: writeKey },
      { body: { ...body, writeKey: "wrong" } }, // Basic goes first
      { body: { ...body, writeKey }, headers: { authorization: "Bearer x" }, query: "wrong" },
    ];
    for (const way of ways)
      expect(await send(way)).toEqual({
        status: 200,
        body: { success: true },
        headers: {},
        grown: workspace.id,
      });
    expect(await inbox()).toHaveLength(ways.length);
  });

  it("is 401 for an unknown, revoked, empty or missing key, in the same words, and stores nothing", async () => {
    await database.pool.query("UPDATE source SET revoked_at = $2 WHERE id = $1", [sourceId, receivedAt]);
    const body = track();
    const answers = await Promise.all([
      send({ body }),
      send({ body, headers: { authorization: basic("clm_wrong") } }),
      send({ body, headers: { authorization: basic("") } }),
      send({ body, headers: { authorization: "Basic !!!" } }),
      send({ body: { ...body, writeKey: { $ne: 1 } }, headers: {} }),
      send({ body, headers: {}, query: "x'; --" }),
      send({ body: "null", headers: {} }),
      send({ body: "{broken", headers: { authorization: basic("clm_wrong") } }),
    ]);
    for (const answer of answers)
      expect(answer).toEqual({
        status: 401,
        body: { success: false, message: "The write key is unknown or revoked" },
        headers: {},
      });
    expect([await inbox(), await quarantined()]).toEqual([[], []]);
  });

  it("is 404 for a method nobody has, of the prototype too", async () => {
    for (const method of ["tracks", "", "constructor", "__proto__", "toString"])
      expect((await send({ method, body: track() })).status).toBe(404);
  });

  it("names the place of a fault in JSON, and keeps the text", async () => {
    const answer = await send({ method: "batch", body: '{"batch": [{"type": "track",}]}' });
    expect(answer).toMatchObject({ status: 400, body: { success: false, reason: "malformed_json" } });
    expect(answer.body.message).toBe(
      'Malformed JSON at line 1, column 29 (character 28): expected a name, found "}"',
    );
    expect(await quarantined()).toMatchObject([
      {
        reason: "malformed_json",
        source_id: sourceId,
        received_at: receivedAt,
        raw: '{"batch": [{"type": "track",}]}',
      },
    ]);
  });

  it("is 400 for a batch that is none", async () => {
    for (const body of [[], null, 5, "text", {}, { batch: {} }, { batch: "x" }])
      expect(await send({ method: "batch", body: JSON.stringify(body) })).toMatchObject({
        status: 400,
        body: { success: false },
      });
    expect(await send({ method: "batch", body: { batch: [] } })).toMatchObject({
      status: 200,
      body: { success: true },
    });
  });

  it("is 413 for what is too large: a body, a bomb, one event", async () => {
    const large = track({ properties: { text: "x".repeat(MAX_EVENT_BYTES) } });
    expect((await send({ body: { ...large, filler: "x".repeat(600_000) } })).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    expect(
      (
        await send({
          method: "batch",
          body: bomb,
          headers: { authorization: basic(writeKey), "content-encoding": "gzip" },
        })
      ).status,
    ).toBe(413);
    expect(await send({ body: large })).toMatchObject({ status: 413, body: { reason: "event_too_large" } });
    expect(await send({ method: "batch", body: { batch: [large, track()] } })).toMatchObject({
      status: 200,
      body: { success: true, rejected: [{ index: 0, reason: "event_too_large" }] },
    });
    expect(await inbox()).toHaveLength(1);
    const kept = await quarantined();
    expect(kept).toHaveLength(4);
    expect(Math.max(...kept.map(({ raw }) => raw.length))).toBeLessThanOrEqual(65_536);
    expect(kept[1].raw).toBe(`(${bomb.length} bytes of gzip)`);
  });

  it("is 429 with a time to come back while too much is waiting, and counts only this workspace", async () => {
    const at = (second: number) => new Date(receivedAt.getTime() + second * 1000);
    const batch = { batch: Array.from({ length: 5 }, (_, i) => track({ messageId: `m${i}` })) };
    expect((await send({ method: "batch", body: batch, waiting: 5 })).status).toBe(200);
    // The reading of the first request holds for a second.
    expect((await send({ body: track(), at: at(0.5), waiting: 5 })).status).toBe(200);
    const full = await send({ body: track(), at: at(2), waiting: 5 });
    expect(full).toMatchObject({ status: 429, headers: { "retry-after": "10" } });
    expect(await inbox()).toHaveLength(6);
    await drainAll(database.pool, {
      workspaceId: workspace.id,
      timeZone: workspace.timeZone,
      now: receivedAt,
    });
    expect((await send({ body: track(), at: at(4), waiting: 5 })).status).toBe(200);
  });

  it("is not troubled by the sequence numbers of other workspaces", async () => {
    const mine = workspace;
    const key = writeKey;
    expect((await send({ body: track() })).status).toBe(200);
    const other = await createWorkspace(database.pool, {
      slug: `o${made}`,
      name: "o",
      timeZone: "UTC",
      currency: "CNY",
      now: receivedAt,
    });
    const source = await createSource(database.pool, {
      workspaceId: other.id,
      name: "http",
      kind: "http",
      now: receivedAt,
    });
    writeKey = source.writeKey!;
    await send({ method: "batch", body: { batch: Array.from({ length: 50 }, () => track()) } });
    [workspace, writeKey] = [mine, key];
    expect((await send({ body: track() })).status).toBe(200);
    const later = new Date(receivedAt.getTime() + 5000);
    expect((await send({ body: track(), at: later, waiting: 10 })).status).toBe(200);
  });

  it("is 503 with a time to come back when the database is away", async () => {
    const nowhere = openIngestPool("postgresql://nobody@127.0.0.1:1/none", 1);
    const answer = await ingest(
      { directory: nowhere, pool: nowhere },
      {
        method: "track",
        headers: { authorization: basic(writeKey) },
        body: Buffer.from("{}"),
        receivedAt,
      },
    );
    expect(answer).toMatchObject({ status: 503, body: { success: false }, headers: { "retry-after": "10" } });
    await nowhere.end();
  });

  it("is given after a synchronous commit, whatever the server's default", async () => {
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const pool = openIngestPool(database.url, 1);
    const { rows: settings } = await pool.query("SHOW synchronous_commit");
    await pool.end();
    await database.pool.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
    expect(settings).toEqual([{ synchronous_commit: "on" }]);
  });
});

describe("what was refused", () => {
  it("is answered with its place and reason, and one bad event never loses its batch", async () => {
    const batch = [
      track({ messageId: "good-1" }),
      track({ messageId: "bad-1", userId: "null" }),
      null,
      track({ messageId: "bad-2", event: "Order Completed", properties: { revenue: "12,50" } }),
      track({ messageId: "good-2", event: "Order Completed", properties: { revenue: "12.50" } }),
      track({ messageId: "bad-3", timestamp: "2036-01-01T00:00:00Z" }),
      { type: "dance", messageId: "bad-4" },
      track({ messageId: "good-3", properties: { emoji: "👩‍👩‍👧" } }),
    ];
    const { status, body } = await send({ method: "batch", body: { batch } });
    expect(status).toBe(200);
    const rejected = body.rejected as {
      index: number;
      messageId: string;
      reason: string;
      path: string;
      message: string;
    }[];
    expect(rejected.map(({ index, messageId, reason, path }) => [index, messageId, reason, path])).toEqual([
      [1, "bad-1", "generic_id", "userId"],
      [2, null, "not_an_object", null],
      [3, "bad-2", "bad_amount", "properties.revenue"],
      [5, "bad-3", "future_timestamp", "timestamp"],
      [6, "bad-4", "unknown_type", "type"],
    ]);
    expect(await inbox()).toHaveLength(3);
    const kept = await quarantined();
    expect(kept.map(({ reason, path, detail }) => [reason, path, detail])).toEqual(
      rejected.map(({ reason, path, message }) => [reason, path, message]),
    );
    expect(kept.map(({ raw }) => JSON.parse(raw))).toEqual([1, 2, 3, 5, 6].map((index) => batch[index]));
  });

  it("is a 400 with the same reason when it came alone", async () => {
    const answer = await send({ body: track({ userId: "guest" }) });
    expect(answer).toMatchObject({
      status: 400,
      body: { success: false, reason: "generic_id", path: "userId" },
    });
    expect(await quarantined()).toMatchObject([
      { reason: "generic_id", path: "userId", detail: answer.body.message },
    ]);
  });

  it("is kept readable: NUL, half surrogates and depth shown, the write key hidden", async () => {
    const body = `{"writeKey":"${writeKey}","userId":"u","event":"x","properties":{"a":"\\u0000","b":"\\ud83d"}}`;
    expect((await send({ body, headers: {} })).status).toBe(400);
    await send({ body: `\0{"writeKey":"${writeKey}` });
    const deep = `{"userId":"u","event":"x","properties":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    expect(await send({ body: deep })).toMatchObject({ status: 400, body: { reason: "too_deep" } });
    const kept = (await quarantined()).map(({ raw, reason }) => [reason, raw]);
    expect(kept[0]).toEqual([
      "bad_text",
      '{"writeKey":"(write key)","userId":"u","event":"x","properties":{"a":"\\u0000","b":"\\ud83d"}}',
    ]);
    expect(kept[1]).toEqual(["malformed_json", '\\u0000{"writeKey":"(write key)']);
    expect(kept[2]![0]).toBe("too_deep");
  });
});

describe("custom kinds", () => {
  it("are created on first sight, once, whoever sees them first, and keep their id", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `own ${i % 20}`);
    const answers = await Promise.all(names.map((event) => send({ body: track({ event }) })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const kinds = await rows("SELECT key, id FROM event_kind WHERE workspace_id = $1 ORDER BY id");
    expect(kinds.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => 100 + i));
    expect(new Set(kinds.map(({ key }) => key))).toEqual(new Set(names));
    const used = await rows("SELECT DISTINCT kind FROM event_inbox WHERE workspace_id = $1");
    expect(used).toHaveLength(20);
  });

  it("end at 500: the next name is refused, known ones are still taken", async () => {
    const named = (from: number, to: number) => ({
      batch: Array.from({ length: to - from }, (_, i) =>
        track({ event: `page ${from + i}`, messageId: `m${from + i}` }),
      ),
    });
    await send({ method: "batch", body: named(0, 490) });
    const { body } = await send({ method: "batch", body: named(480, 520) });
    const rejected = body.rejected as { reason: string; messageId: string }[];
    expect(rejected.map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 20 }, (_, i) => `m${500 + i}`),
    );
    expect(new Set(rejected.map(({ reason }) => reason))).toEqual(new Set(["too_many_kinds"]));
    expect(await inbox()).toHaveLength(490 + 20);
    expect(await rows("SELECT count(*)::int AS n FROM event_kind WHERE workspace_id = $1")).toEqual([
      { n: 500 },
    ]);
  });
});

describe("laws", () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => gzipSync(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(`{"batch":[${text},{"type":"track","userId":"u","event":"x"}]}`)),
  );
  const header = fc.oneof(fc.constantFrom("gzip", "identity", ""), fc.string());

  it("any bytes with any headers get an answer of this API, never a fault of the server", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("track", "batch", "identify", "b"),
        body,
        header,
        fc.boolean(),
        async (method, bytes, encoding, known) => {
          const authorization = known ? basic(writeKey) : "Basic eA==";
          const { status, body: answered } = await send({
            method,
            body: bytes,
            headers: { authorization, "content-encoding": encoding },
          });
          expect([200, 400, 401, 413, 415]).toContain(status);
          expect(answered.success).toBe(status === 200);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("accepted + refused = sent, and every refused one is in quarantine", async () => {
    const good = fc.constantFrom(track(), track({ event: "Order Completed", properties: { revenue: 5 } }), {
      type: "page",
      anonymousId: "a",
    });
    const event = fc.oneof(
      good,
      fc.anything({ maxDepth: 3 }),
      fc.record({ type: fc.constantFrom("track", "page"), userId: fc.anything(), event: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (batch) => {
        const before = [(await inbox()).length, (await quarantined()).length];
        const text = JSON.stringify({ batch }, (_, value) =>
          typeof value === "bigint" ? Number(value) : value,
        );
        const sent = (JSON.parse(text) as { batch: unknown[] }).batch.length;
        const { status, body: answered } = await send({ method: "batch", body: text });
        expect(status).toBe(200);
        const refused = ((answered.rejected ?? []) as unknown[]).length;
        expect((await inbox()).length - before[0]!).toBe(sent - refused);
        expect((await quarantined()).length - before[1]!).toBe(refused);
      }),
      { numRuns: 100 },
    );
  });

  it("a message id counts once for ever: at once, days later, with another time, in another batch", async () => {
    const drain = () =>
      drainAll(database.pool, { workspaceId: workspace.id, timeZone: workspace.timeZone, now: receivedAt });
    const order = track({ messageId: "order-1", event: "Order Completed", properties: { revenue: 5 } });
    await send({ method: "batch", body: { batch: [order, order] } });
    await drain();
    for (const days of [1, 400]) {
      await send({ body: order, at: new Date(receivedAt.getTime() + days * 86_400_000) });
      await drain();
    }
    await send({ method: "import", body: { batch: [{ ...order, timestamp: "2020-01-01T00:00:00Z" }] } });
    await drain();
    expect(await rows("SELECT amount, occurred_at FROM event WHERE workspace_id = $1")).toEqual([
      { amount: 500, occurred_at: receivedAt },
    ]);
    expect(
      await rows("SELECT sum(revenue)::int AS revenue FROM customer_day WHERE workspace_id = $1"),
    ).toEqual([{ revenue: 500 }]);
  });
});
