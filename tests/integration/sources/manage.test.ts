import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit, verifyAudit } from "@/lib/audit/queries";
import { ingest } from "@/lib/intake/ingest";
import { log } from "@/lib/platform/log";
import { listDueJobs } from "@/lib/runs/due-jobs";
import { NO_MAPPING } from "@/lib/sources/mapping";
import {
  addHttpSource,
  discardQuarantined,
  renameSource,
  revokeSource,
  rotateKey,
  saveMapping,
} from "@/lib/sources/mutations";
import { startReplay } from "@/lib/sources/replay-source";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { replayQuarantineOfSource } from "@/workers/jobs/replay-quarantine";

const now = new Date("2026-06-30T08:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const actor = { kind: "member" as const, id: "m", name: "梅" };
let db: TestDatabase;
let shops = 0;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

async function shop() {
  const slug = `managed-${shops++}`;
  const { id } = await createWorkspace(db.pool, { slug, name: slug, timeZone: "UTC", currency: "CNY", now });
  const made = await addHttpSource(db.pool, { workspaceId: id, name: "web", actor, now });
  return { ...made, change: { workspaceId: id, sourceId: made.sourceId, actor, now } };
}
const send = async (writeKey: string, at: Date, properties: object = {}) =>
  (
    await ingest(
      { directory: db.pool, pool: db.pool },
      {
        method: "track",
        headers: {},
        queryWriteKey: writeKey,
        body: Buffer.from(
          JSON.stringify({ event: "order", userId: "u", properties: { revenue: 1, ...properties } }),
        ),
        receivedAt: at,
      },
    )
  ).status;

describe("a write key", () => {
  test("that is rotated is taken for a day more; the one before it ends at once", async () => {
    const { writeKey: first, change } = await shop();
    const { writeKey: second } = await rotateKey(db.pool, change);
    expect([await send(first, later(23.9)), await send(second, now)]).toEqual([200, 200]);
    expect(await send(first, later(24))).toBe(401);
    const { writeKey: third } = await rotateKey(db.pool, change);
    expect([await send(first, now), await send(second, now), await send(third, now)]).toEqual([
      401, 200, 200,
    ]);
  });

  test("that is revoked ends with the one it replaced, for ever", async () => {
    const { writeKey: first, change } = await shop();
    const { writeKey: second } = await rotateKey(db.pool, change);
    await revokeSource(db.pool, change);
    expect([await send(first, now), await send(second, now)]).toEqual([401, 401]);
    await expect(rotateKey(db.pool, change)).rejects.toMatchObject({ code: "conflict" });
    await expect(revokeSource(db.pool, change)).rejects.toMatchObject({ code: "conflict" });
  });

  test("stands nowhere in the database or its log", async () => {
    const { writeKey, change } = await shop();
    await rotateKey(db.pool, change);
    const { rows } = await db.pool.query(
      "SELECT (SELECT string_agg(s::text, ' ') FROM source s) || (SELECT string_agg(a::text, ' ') FROM audit_entry a) AS text",
    );
    expect(rows[0].text).not.toContain(writeKey);
  });
});

test("what is done to a source is written down, in a log that is whole", async () => {
  const { change } = await shop();
  await renameSource(db.pool, { ...change, name: "shop" });
  await renameSource(db.pool, { ...change, name: "shop" });
  await saveMapping(db.pool, { ...change, version: 0, mapping: NO_MAPPING });
  await rotateKey(db.pool, change);
  await revokeSource(db.pool, change);
  const entries = await listAudit(db.pool, { workspaceId: change.workspaceId, limit: 10 });
  expect(entries.map(({ action, target }) => `${action} ${target}`)).toEqual([
    "source.revoked shop",
    "source.key_rotated shop",
    "source.mapping_changed shop",
    "source.renamed web",
    "source.created web",
  ]);
  expect(await verifyAudit(db.pool, change.workspaceId)).toMatchObject({ entries: 5, brokenAt: null });
});

test("a name is there once, a mapping is not lost to another writer, and another workspace's source is nobody's", async () => {
  const [{ change }, other] = [await shop(), await shop()];
  await expect(addHttpSource(db.pool, { ...change, name: "web" })).rejects.toMatchObject({
    code: "conflict",
  });
  const writers = await Promise.allSettled(
    [1, 2, 3].map(() => saveMapping(db.pool, { ...change, version: 0, mapping: NO_MAPPING })),
  );
  expect(writers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  const foreign = { ...change, sourceId: other.sourceId };
  const attempts = [
    renameSource(db.pool, { ...foreign, name: "mine" }),
    rotateKey(db.pool, foreign),
    revokeSource(db.pool, foreign),
    saveMapping(db.pool, { ...foreign, version: 0, mapping: NO_MAPPING }),
    discardQuarantined(db.pool, { ...foreign, reason: null }),
    startReplay(db.pool, foreign),
  ];
  await Promise.all(attempts.map((one) => expect(one).rejects.toMatchObject({ code: "not_found" })));
});

test("a long replay is a run that any worker finishes once, whoever asks how often", async () => {
  const { writeKey, change } = await shop();
  const batch = Array.from({ length: 2_000 }, (_, n) => ({
    type: "track",
    event: "order",
    userId: `u${n % 9}`,
    properties: { 总价: "1.00" },
  }));
  for (const [n, part] of [batch, batch].entries())
    await ingest(
      { directory: db.pool, pool: db.pool },
      {
        method: "batch",
        headers: {},
        queryWriteKey: writeKey,
        body: Buffer.from(
          JSON.stringify({ batch: part.map((one, i) => ({ ...one, messageId: `${n}-${i}` })) }),
        ),
        receivedAt: now,
      },
    );
  await saveMapping(db.pool, {
    ...change,
    version: 0,
    mapping: { ...NO_MAPPING, properties: [{ event: null, from: "总价", to: "revenue" }] },
  });
  const { runId } = await startReplay(db.pool, change);
  const { workspaceId } = change;
  const payload = { workspaceId, runId: runId! };
  // Nobody heard a bell: the tables call for it all the same.
  expect(await listDueJobs({ directory: db.pool, pool: db.pool }, now)).toContainEqual({
    name: "replay-quarantine",
    payload,
  });
  const rung: string[] = [];
  const queue = { ring: async (name: string) => rung.push(name) > 0, ensureSchedule: async () => true };
  const context = {
    pool: db.pool,
    directory: db.pool,
    queue,
    clock: () => now,
    log,
    isStopping: () => false,
  };
  const outcomes = await Promise.all([1, 2, 3].map(() => replayQuarantineOfSource(context, payload)));
  expect(outcomes.filter(({ skipped }) => skipped)).toHaveLength(2);
  expect(outcomes).toContainEqual({ examined: 4_000, accepted: 4_000, dropped: 0, refused: 0 });
  expect(rung).toEqual(["drain"]);
  const { rows } = await db.pool.query("SELECT state, counts FROM run WHERE id = $1", [runId]);
  expect(rows).toMatchObject([{ state: "succeeded", counts: { accepted: 4_000 } }]);
  expect((await listAudit(db.pool, { workspaceId, limit: 1 }))[0]).toMatchObject({
    action: "quarantine.replayed",
    after: { accepted: 4_000, mappingVersion: 1 },
  });
});

test("discarding takes one reason of one source, and says how many", async () => {
  const { writeKey, change } = await shop();
  await send(writeKey, now, { revenue: null });
  await send(writeKey, now, { revenue: "much" });
  expect(await discardQuarantined(db.pool, { ...change, reason: "bad_amount" })).toEqual({ discarded: 1 });
  expect(await discardQuarantined(db.pool, { ...change, reason: null })).toEqual({ discarded: 1 });
  expect(await discardQuarantined(db.pool, { ...change, reason: null })).toEqual({ discarded: 0 });
});
