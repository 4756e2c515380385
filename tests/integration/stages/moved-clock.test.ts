import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, startOfDay } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { advanceClock, setClock } from "@/lib/stages/clock";
import { checkInvariants } from "@/lib/stages/invariants";
import { listDecidingModels } from "@/lib/stages/queries";
import { recompute, replay } from "@/lib/stages/recompute";
import { isStillToday, recomputeNow } from "@/lib/stages/recompute-now";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { liveLog, NOW, take, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, type Happening, histories, ZONE } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const clock = () => NOW;

test("a recompute that began before the clock was moved writes nothing after it", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 0, max: 90 }),
      fc.integer({ min: 1, max: 40 }),
      async (happenings, start, days) => {
        const before = addDays(FIRST_DAY, start);
        const w = await testWorkspace(db.pool, before);
        await setClock(db.pool, {
          workspaceId: w.id,
          clock: { mode: "fixed", at: startOfDay(before, ZONE) },
          now: NOW,
        });
        await take(db.pool, w, happenings);
        await recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock });
        await advanceClock(db.pool, { workspaceId: w.id, days, now: NOW });
        const late = {
          workspaceId: w.id,
          asOf: before,
          now: NOW,
          stillWanted: isStillToday(w.id, before, clock),
        };
        expect(await recompute(db.pool, { ...late, mode: "full" })).toMatchObject({
          evaluated: 0,
          transitions: 0,
        });
        expect((await listDecidingModels(db.pool, w.id))[0]!.settledOn).toBe(addDays(before, days));
        expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
      },
    ),
    { numRuns: 10 },
  );
}, 120_000);

describe("a clock set back while a day is being settled", () => {
  const standAt = (workspaceId: number, offset: number) =>
    setClock(db.pool, {
      workspaceId,
      clock: { mode: "fixed", at: startOfDay(addDays(FIRST_DAY, offset), ZONE) },
      now: NOW,
    });
  const order = (customer: number, dayOffset: number, second: number): Happening => ({
    customer,
    kind: "order",
    dayOffset,
    second,
    amount: 2_500,
    channel: null,
    plan: undefined,
  });

  /** Settled as of day 40, with more to settle there. */
  async function atDay40() {
    const w = await testWorkspace(db.pool, FIRST_DAY);
    await standAt(w.id, 40);
    await take(db.pool, w, [order(0, 0, 1), order(0, 3, 2), order(1, 2, 3)]);
    await recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock });
    await take(db.pool, w, [order(0, 39, 4), order(2, 20, 5)]);
    return w.id;
  }

  /** Day 4 has forgotten what came later, and day 40 knows it again. */
  async function expectSoundAtDay4(workspaceId: number) {
    for (const mode of ["incremental", "full"] as const) {
      await recomputeNow(db.pool, { workspaceId, mode, clock });
      expect((await checkInvariants(db.pool, workspaceId)).filter((r) => r.violations > 0)).toEqual([]);
      const log = await liveLog(db.pool, { workspaceId, modelId: 1 });
      expect(Object.values(log).flat()).toEqual([
        `${addDays(FIRST_DAY, 0)} - trial`,
        `${addDays(FIRST_DAY, 3)} trial growth`,
        `${addDays(FIRST_DAY, 2)} - trial`,
      ]);
    }
    await standAt(workspaceId, 40);
    await recomputeNow(db.pool, { workspaceId, mode: "incremental", clock });
    expect((await checkInvariants(db.pool, workspaceId)).filter((r) => r.violations > 0)).toEqual([]);
    const replayed = await replay(db.pool, { workspaceId, asOf: addDays(FIRST_DAY, 40), now: NOW });
    expect(replayed).toMatchObject({ transitions: 0, retracted: 0 });
  }

  test("waits from the moment the day was found to be today", async () => {
    const workspaceId = await atDay40();
    const asOf = addDays(FIRST_DAY, 40);
    const wanted = isStillToday(workspaceId, asOf, clock);
    let moved: Promise<unknown> | undefined;
    await recompute(db.pool, {
      workspaceId,
      mode: "incremental",
      asOf,
      now: NOW,
      stillWanted: async (tx) => {
        const yes = await wanted(tx);
        moved ??= standAt(workspaceId, 4);
        return yes;
      },
    });
    await moved;
    await expectSoundAtDay4(workspaceId);
  });

  test("waits for a shard that is being written", async () => {
    const workspaceId = await atDay40();
    const blocker = await db.pool.connect();
    await blocker.query("BEGIN");
    await blocker.query("LOCK TABLE customer_metrics IN EXCLUSIVE MODE");
    const run = recomputeNow(db.pool, { workspaceId, mode: "incremental", clock });
    await eventually("a recompute that waits to write", async () => {
      const { rowCount } = await db.pool.query(sql`
        SELECT FROM pg_locks WHERE NOT granted AND relation = 'customer_metrics'::regclass`);
      return rowCount;
    });
    const moved = standAt(workspaceId, 4);
    await blocker.query("COMMIT");
    blocker.release();
    await Promise.all([run, moved]);
    await expectSoundAtDay4(workspaceId);
  });
});

test("several people advancing the clock at once, while nightly runs go on, leave a sound log", async () => {
  const [happenings] = fc.sample(histories, { numRuns: 1, seed: 7 });
  const w = await testWorkspace(db.pool, FIRST_DAY);
  await setClock(db.pool, {
    workspaceId: w.id,
    clock: { mode: "fixed", at: startOfDay(FIRST_DAY, ZONE) },
    now: NOW,
  });
  await take(db.pool, w, happenings!);
  for (let round = 0; round < 8; round++) {
    await Promise.all([
      advanceClock(db.pool, { workspaceId: w.id, days: 7, now: NOW }),
      recomputeNow(db.pool, { workspaceId: w.id, mode: "full", clock }),
      advanceClock(db.pool, { workspaceId: w.id, days: 9, now: NOW }),
      recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock }),
    ]);
  }
  await recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock });
  expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
});
