import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { writeInbox } from "@/lib/intake/inbox";
import { sql } from "@/lib/platform/db";
import { listDueJobs } from "@/lib/runs/due-jobs";
import {
  failRun,
  finishRun,
  parkStoppedRuns,
  startSlotRun,
  takeOverSlotRun,
  touchRun,
} from "@/lib/runs/mutations";
import { LEASE_MS, MAX_ATTEMPTS } from "@/lib/runs/schema";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { randomEvents } from "@/tests/support/random-events";
import { runSlot } from "@/workers/run-slot";

const now = new Date("2026-11-20T12:30:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const slotAt = new Date("2026-11-20T02:15:00Z");

let database: TestDatabase;
let workspaceId: number;
let name = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query(sql`DELETE FROM workspace`);
  const slug = `w${name++}`;
  const made = await createWorkspace(database.pool, {
    slug,
    name: slug,
    timeZone: "UTC",
    currency: "EUR",
    now,
  });
  workspaceId = made.id;
});

const slot = (at = now) => ({ workspaceId, job: "recompute-full" as const, slotAt, now: at });
const runs = async () => (await database.pool.query(sql`SELECT * FROM run ORDER BY id`)).rows;

describe("a slot", () => {
  test("goes to one of many who ask at once, and leaves one run", async () => {
    const claims = await Promise.all(Array.from({ length: 40 }, () => startSlotRun(database.pool, slot())));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
    expect(await startSlotRun(database.pool, slot(later(LEASE_MS * 10)))).toBeNull();
  });

  test("is taken over from a silent worker by one of many, and only after the lease", async () => {
    const first = await startSlotRun(database.pool, slot());
    expect(await takeOverSlotRun(database.pool, slot(later(LEASE_MS - 1)))).toBeNull();
    await touchRun(database.pool, first!, { counts: { customers: 3 }, now: later(LEASE_MS - 1) });
    expect(await takeOverSlotRun(database.pool, slot(later(LEASE_MS + 1)))).toBeNull();
    const late = slot(later(3 * LEASE_MS));
    const claims = await Promise.all(Array.from({ length: 20 }, () => takeOverSlotRun(database.pool, late)));
    expect(claims.filter(Boolean)).toEqual([{ runId: first!.runId, attempt: 2 }]);
  });

  test("can't be finished, failed or kept alive by the worker that lost it", async () => {
    const first = (await startSlotRun(database.pool, slot()))!;
    const second = (await takeOverSlotRun(database.pool, slot(later(2 * LEASE_MS))))!;
    const at = later(2 * LEASE_MS + 1);
    expect(await touchRun(database.pool, first, { counts: {}, now: at })).toBe(false);
    expect(await finishRun(database.pool, first, { counts: { lost: 1 }, now: at })).toBe(false);
    expect(await failRun(database.pool, first, { error: "lost", now: at })).toBe(false);
    expect(await finishRun(database.pool, second, { counts: { evaluated: 5 }, now: at })).toBe(true);
    expect(await runs()).toMatchObject([
      { state: "succeeded", counts: { evaluated: 5 }, error: null, finished_at: at },
    ]);
    expect(await takeOverSlotRun(database.pool, slot(later(9 * LEASE_MS)))).toBeNull();
  });

  test("whose run fails is tried again five times in all, then parked", async () => {
    let claim = await startSlotRun(database.pool, slot());
    let at = now;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      expect(claim?.attempt).toBe(attempt);
      if (attempt < MAX_ATTEMPTS) await failRun(database.pool, claim!, { error: "disk full", now: at });
      at = new Date(at.getTime() + LEASE_MS + 1);
      claim = await takeOverSlotRun(database.pool, slot(at));
    }
    expect(claim).toBeNull();
    expect(await parkStoppedRuns(database.pool, { workspaceId, now: at })).toBe(1);
    expect(await parkStoppedRuns(database.pool, { workspaceId, now: at })).toBe(0);
    expect(await runs()).toMatchObject([{ state: "failed", attempt: MAX_ATTEMPTS }]);
  });

  test("does its work once for all who are asked to, records what it did, and an error as it was", async () => {
    let worked = 0;
    const context = {
      pool: database.pool,
      directory: database.pool,
      queue: { ring: async () => true, ensureSchedule: async () => true },
      clock: () => now,
      log: pino({ level: "silent" }),
      isStopping: () => false,
    };
    const at = { workspaceId, job: "recompute-full" as const, slotAt: slotAt.toISOString() };
    const work = async () => ({ evaluated: ++worked });
    const counts = await Promise.all(Array.from({ length: 10 }, () => runSlot(context, at, work)));
    expect(counts.filter((one) => one.evaluated)).toEqual([{ evaluated: 1 }]);
    const hour = { workspaceId, job: "check-invariants" as const, slotAt: slotAt.toISOString() };
    await expect(
      runSlot(context, hour, async () => {
        throw new Error("disk full");
      }),
    ).rejects.toThrow("disk full");
    expect(await runs()).toMatchObject([
      { kind: "recompute-full", state: "succeeded", counts: { evaluated: 1 } },
      { kind: "check-invariants", state: "failed", error: "disk full" },
    ]);
  });
});

describe("due jobs", () => {
  const due = async (at = now) =>
    (await listDueJobs({ directory: database.pool, pool: database.pool }, at)).map((job) => job.name).sort();
  const settle = (day: string) =>
    database.pool.query(
      sql`UPDATE stage_model SET settled_on = ${day}::date, settled_version = 1 WHERE workspace_id = ${workspaceId}`,
    );
  const takeSlots = async () => {
    for (const job of await listDueJobs({ directory: database.pool, pool: database.pool }, now))
      if ("slotAt" in job.payload)
        await startSlotRun(database.pool, {
          workspaceId,
          job: job.name as "recompute-full",
          slotAt: new Date(job.payload.slotAt),
          now,
        });
  };

  test("a new workspace wants its stages and its first slots", async () => {
    expect(await due()).toEqual(["check-invariants", "recompute-full", "recompute-incremental"]);
  });

  test("nothing, once the day is settled and the slots are taken", async () => {
    await settle("2026-11-20");
    await takeSlots();
    for (const { id, attempt } of await runs())
      await finishRun(database.pool, { runId: id, attempt }, { counts: {}, now });
    expect(await due()).toEqual([]);
    // The day turns: stages; the next hour: a check; 02:15: everybody.
    expect(await due(new Date("2026-11-20T12:59:59Z"))).toEqual([]);
    expect(await due(new Date("2026-11-21T00:00:00Z"))).toEqual([
      "check-invariants",
      "recompute-incremental",
    ]);
    expect(await due(new Date("2026-11-21T02:15:00Z"))).toEqual([
      "check-invariants",
      "recompute-full",
      "recompute-incremental",
    ]);
  });

  test("rows in the inbox, and marks up to today but not beyond", async () => {
    await settle("2026-11-20");
    await takeSlots();
    const { sourceId } = await createSource(database.pool, {
      workspaceId,
      name: "shop",
      kind: "import",
      now,
    });
    const rows = randomEvents({
      sourceId,
      customers: 1,
      events: 1,
      days: 1,
      until: now,
      seed: 1,
      prefix: "due",
    });
    await writeInbox(database.pool, workspaceId, rows);
    expect(await due()).toEqual(["drain"]);
    await database.pool.query(sql`DELETE FROM event_inbox`);
    const mark = (day: string) =>
      database.pool.query(sql`INSERT INTO customer_dirty VALUES (${workspaceId}, 1, ${day}::date)`);
    await mark("2026-11-21");
    expect(await due()).toEqual([]);
    await mark("2026-11-20");
    expect(await due()).toEqual(["recompute-incremental"]);
    await database.pool.query(sql`DELETE FROM customer_dirty`);
  });

  test("a slot whose worker was lost, from the end of its lease on", async () => {
    await settle("2026-11-20");
    await takeSlots();
    expect(await due(later(LEASE_MS))).toEqual([]);
    expect(await due(later(LEASE_MS + 1))).toEqual(["check-invariants", "recompute-full"]);
  });

  test("a workspace that stands still has no nights, and its own day", async () => {
    await database.pool.query(
      sql`UPDATE workspace SET clock_mode = 'fixed', clock_at = '2011-12-09T12:00Z' WHERE id = ${workspaceId}`,
    );
    expect(await due()).toEqual(["check-invariants", "recompute-incremental"]);
    await settle("2011-12-09");
    expect(await due()).toEqual(["check-invariants"]);
  });
});
