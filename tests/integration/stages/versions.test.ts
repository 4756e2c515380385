import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, type Day } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { findPendingWork } from "@/lib/runs/queries";
import { type LifecycleThresholds, lifecycleModel } from "@/lib/stages/default-model";
import { claimStageEntries } from "@/lib/stages/entries";
import { checkInvariants } from "@/lib/stages/invariants";
import { putInForce } from "@/lib/stages/put-in-force";
import { recompute, replay } from "@/lib/stages/recompute";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import {
  addDraft,
  everyDay,
  liveLog,
  logOf,
  NOW,
  naiveStage,
  quickThresholds,
  take,
  testWorkspace,
} from "@/tests/support/lifecycle";
import { CUSTOMERS, FIRST_DAY, type Happening, histories, historyOf } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const dayAt = (offset: number): Day => addDays(FIRST_DAY, offset);
const growthAt = (orders: number): LifecycleThresholds => ({
  ...quickThresholds,
  growth: { orders, revenue: 0, interval: null },
});
const look = (workspaceId: number, offset: number, mode: "incremental" | "full" = "incremental") =>
  recompute(db.pool, { workspaceId, mode, asOf: dayAt(offset), now: NOW });
const order = (customer: number, dayOffset: number, second: number): Happening => ({
  customer,
  kind: "order",
  dayOffset,
  second,
  amount: 2_500,
  channel: null,
  plan: undefined,
});

test("each day of the log is what the version in force on it gives, whenever it was put in force and looked at", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.array(
        fc.record({
          step: fc.integer({ min: 0, max: 40 }),
          /** Growth from so many orders on; null: no new version at this moment. */
          orders: fc.option(fc.integer({ min: 1, max: 4 })),
          /** In force so many days before or after the day it is decided on. */
          ahead: fc.integer({ min: -15, max: 15 }),
          mode: fc.constantFrom("incremental" as const, "full" as const),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      async (happenings, moments) => {
        const w = await testWorkspace(db.pool, FIRST_DAY, growthAt(2));
        const versions = [{ on: dayAt(-1000), orders: 2 }];
        let offset = 0;
        for (const [i, { step, orders, ahead, mode }] of moments.entries()) {
          offset += step;
          await take(
            db.pool,
            w,
            happenings.filter((_, k) => k % moments.length === i),
          );
          const on = dayAt(offset + ahead);
          if (orders !== null && versions.every((v) => v.on <= on)) {
            const version = versions.length + 1;
            const definition = lifecycleModel(growthAt(orders));
            await addDraft(db.pool, { workspaceId: w.id, modelId: 1, version, definition });
            await putInForce(db.pool, { workspaceId: w.id, modelId: 1, version, on, now: NOW });
            versions.push({ on, orders });
          }
          await look(w.id, offset, mode);
          // What a worker is still told to do is nothing.
          const pending = await findPendingWork(db.pool, { workspaceId: w.id, asOf: dayAt(offset) });
          expect(pending).toMatchObject({ stages: false });
        }
        const modelOn = (day: Day) =>
          lifecycleModel(growthAt(versions.filter((v) => v.on <= day).at(-1)!.orders));
        const logged = await liveLog(db.pool, { workspaceId: w.id, modelId: 1 });
        for (const [i, customer] of CUSTOMERS.entries()) {
          const history = historyOf(happenings, i);
          const days = everyDay(dayAt(-1), dayAt(offset));
          const stages = Object.fromEntries(days.map((d) => [d, naiveStage(modelOn(d), history, d)]));
          expect({ customer, log: logged[customer] ?? [] }).toEqual({ customer, log: logOf(stages) });
        }
        expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
        const asOf = dayAt(offset);
        expect(await replay(db.pool, { workspaceId: w.id, asOf, now: NOW })).toMatchObject({
          transitions: 0,
          retracted: 0,
        });
      },
    ),
    { numRuns: 40, interruptAfterTimeLimit: 120_000 },
  );
}, 200_000);

describe("a version put in force", () => {
  const oneOrderEach = [0, 1, 2].map((c) => order(c, 3, 60));

  /** A workspace where a single order is trial, until version 2 calls it growth. */
  async function reformed(at: number, on: number) {
    const w = await testWorkspace(db.pool, FIRST_DAY, growthAt(2));
    await take(db.pool, w, oneOrderEach);
    await look(w.id, at);
    const definition = lifecycleModel(growthAt(1));
    await addDraft(db.pool, { workspaceId: w.id, modelId: 1, version: 2, definition });
    await putInForce(db.pool, { workspaceId: w.id, modelId: 1, version: 2, on: dayAt(on), now: NOW });
    return w;
  }
  const causes = async (workspaceId: number) => {
    const { rows } = await db.pool.query(sql`
      SELECT cause, count(*)::int AS n FROM stage_transition
      WHERE workspace_id = ${workspaceId} AND version = 2 AND retracted_at IS NULL GROUP BY 1 ORDER BY 1`);
    return Object.fromEntries(rows.map((row) => [row.cause, row.n]));
  };
  const entries = (workspaceId: number) =>
    claimStageEntries(db.pool, {
      workspaceId,
      modelId: 1,
      consumer: "p",
      since: dayAt(4),
      limit: 99,
      now: NOW,
    });

  test.each(["incremental", "full"] as const)(
    "moves everybody by itself, and starts nothing (%s)",
    async (mode) => {
      const w = await reformed(5, 5);
      expect(await look(w.id, 5, mode)).toMatchObject({ transitions: 3 });
      expect(await causes(w.id)).toEqual({ rule_change: 3 });
      expect(await entries(w.id)).toEqual([]);
    },
  );

  test("does not call its own what happens on its day anyway", async () => {
    const w = await reformed(5, 6);
    // By the old version too, a second order is growth; by neither is a first one anything but its own.
    await take(db.pool, w, [order(0, 6, 90)]);
    await look(w.id, 6);
    expect(await causes(w.id)).toEqual({ event: 1, rule_change: 2 });
    expect(await entries(w.id)).toMatchObject([{ toStage: "growth", cause: "event" }]);
  });

  test("in the future waits for its day; in the past lives the days since again", async () => {
    const ahead = await reformed(5, 9);
    expect(await look(ahead.id, 5)).toMatchObject({ transitions: 0 });
    await look(ahead.id, 12);
    expect(await causes(ahead.id)).toEqual({ rule_change: 3 });
    const log = Object.values(await liveLog(db.pool, { workspaceId: ahead.id, modelId: 1 }));
    expect(log.every((rows) => rows.includes(`${dayAt(9)} trial growth`))).toBe(true);

    const behind = await reformed(8, 4);
    expect(await look(behind.id, 8)).toMatchObject({ transitions: 3 });
    const rows = Object.values(await liveLog(db.pool, { workspaceId: behind.id, modelId: 1 }));
    expect(rows.every((one) => one.includes(`${dayAt(4)} trial growth`))).toBe(true);
  });

  test("is refused before the present one's day, and once only", async () => {
    const w = await reformed(5, 5);
    const again = { workspaceId: w.id, modelId: 1, now: NOW };
    await expect(putInForce(db.pool, { ...again, version: 2, on: dayAt(6) })).rejects.toMatchObject({
      code: "not_found",
    });
    await addDraft(db.pool, { ...again, version: 3, definition: lifecycleModel(growthAt(3)) });
    await expect(putInForce(db.pool, { ...again, version: 3, on: dayAt(4) })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});
