import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, type Day, startOfDay } from "@/lib/platform/day";
import { type Pool, sql } from "@/lib/platform/db";
import { setClock } from "@/lib/stages/clock";
import { lifecycleModel } from "@/lib/stages/default-model";
import { checkInvariants } from "@/lib/stages/invariants";
import { recompute, replay } from "@/lib/stages/recompute";
import type { StageModelDefinition } from "@/lib/stages/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import {
  addModel,
  behindTheClaim,
  everyDay,
  liveLog,
  logOf,
  NOW,
  naiveStage,
  quickThresholds,
  stagesByDay,
  take,
  testWorkspace,
} from "@/tests/support/lifecycle";
import {
  CUSTOMERS,
  dayOf,
  FIRST_DAY,
  type Happening,
  histories,
  historyOf,
  ZONE,
} from "@/tests/support/random-history";
import { randomModel } from "@/tests/support/random-model";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/**
 * How the world arrives: which happenings come at which moment of the clock, and in what batches. In a short world much
 * falls on the very days that are looked at, some of them several times.
 */
const arrivals = fc
  .record({
    happenings: histories,
    span: fc.constantFrom(10, 30, 131),
    /** Hundredths of the span by which the clock moves on. */
    steps: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })), {
      minLength: 1,
      maxLength: 5,
    }),
    order: fc.array(fc.nat({ max: 1000 }), { minLength: 60, maxLength: 60 }),
    again: fc.integer({ min: 1, max: 4 }),
    /** What else looks at each of the clock's moments, before the marks are taken. */
    also: fc.array(fc.constantFrom("nothing", "full", "full behind the claim"), {
      minLength: 5,
      maxLength: 5,
    }),
    batch: fc.constantFrom(1, 7, 5000),
  })
  .map(({ happenings, span, steps, ...rest }) => ({
    ...rest,
    happenings: happenings.map((h) => ({ ...h, dayOffset: h.dayOffset % span })),
    clock: steps.map((_, i) =>
      Math.round((span * steps.slice(0, i + 1).reduce((sum, step) => sum + step)) / 100),
    ),
  }));

const clockDay = (offset: number): Day => addDays(FIRST_DAY, offset);

async function expectNothingMoves(pool: Pool, workspaceId: number, asOf: Day) {
  for (const mode of ["incremental", "full"] as const) {
    const counts = await recompute(pool, { workspaceId, mode, asOf, now: NOW });
    expect(counts).toMatchObject({ transitions: 0, retracted: 0 });
  }
  const replayed = await replay(pool, { workspaceId, asOf, now: NOW });
  expect(replayed).toMatchObject({ transitions: 0, retracted: 0 });
  const results = await checkInvariants(pool, workspaceId);
  expect(results.filter((r) => r.violations > 0)).toEqual([]);
}

/** For each model, customer and day the log says what sorted history gives, in no more rows than that takes. */
async function expectLogEqualsHistory(
  pool: Pool,
  workspaceId: number,
  models: readonly [number, StageModelDefinition][],
  happenings: readonly Happening[],
  to: Day,
) {
  const from = addDays(FIRST_DAY, -1);
  for (const [modelId, definition] of models) {
    const logged = await stagesByDay(pool, { workspaceId, modelId, from, to });
    const rows = await liveLog(pool, { workspaceId, modelId });
    for (const [customer, stages] of Object.entries(logged)) {
      const history = historyOf(happenings, CUSTOMERS.indexOf(customer as (typeof CUSTOMERS)[number]));
      const expected = Object.fromEntries(
        everyDay(from, to).map((d) => [d, naiveStage(definition, history, d)]),
      );
      expect({ customer, modelId, stages }).toEqual({ customer, modelId, stages: expected });
      expect({ customer, modelId, log: rows[customer] ?? [] }).toEqual({
        customer,
        modelId,
        log: logOf(expected),
      });
    }
  }
}

test("however events arrive, the log ends up saying what sorted history gives, and nothing moves twice", async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      randomModel,
      async ({ happenings, clock, order, again, also, batch }, second) => {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        await addModel(db.pool, w.id, second);
        // Shuffled over the clock's moments: early, late, out of order; events of a later day wait for their day.
        const shuffled = happenings.map((h, i) => ({ h, at: order[i]! })).sort((a, b) => a.at - b.at);
        for (const [i, offset] of clock.entries()) {
          const due = shuffled.filter((_, k) => k % clock.length === i).map((s) => s.h);
          const resent = shuffled
            .filter((_, k) => k % (again + 1) === 0 && k % clock.length <= i)
            .map((s) => s.h);
          await take(db.pool, w, [...due, ...resent], batch);
          const look = (mode: "full" | "incremental") =>
            recompute(db.pool, { workspaceId: w.id, mode, asOf: clockDay(offset), now: NOW });
          if (also[i] === "full") await look("full");
          if (also[i] === "full behind the claim") await behindTheClaim(db.pool, w.id, () => look("full"));
          await look("incremental");
        }
        const asOf = clockDay(clock.at(-1)!);
        const models = [
          [1, lifecycleModel(quickThresholds)],
          [2, second],
        ] as const;
        await expectLogEqualsHistory(
          db.pool,
          w.id,
          models.map((m) => [...m]),
          happenings,
          asOf,
        );
        await expectNothingMoves(db.pool, w.id, asOf);
      },
    ),
    { numRuns: 60, interruptAfterTimeLimit: 180_000 },
  );
}, 240_000);

test("a full recompute gives everyone the stage and metrics the incremental one gives", async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, randomModel, async ({ happenings, clock }, second) => {
      const answers: unknown[] = [];
      for (const mode of ["incremental", "full"] as const) {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        await addModel(db.pool, w.id, second);
        await take(db.pool, w, happenings);
        for (const offset of mode === "incremental" ? clock : clock.slice(-1)) {
          await recompute(db.pool, { workspaceId: w.id, mode, asOf: clockDay(offset), now: NOW });
        }
        const { rows } = await db.pool.query(sql`
          SELECT c.display_key, s.model_id, s.stage, to_jsonb(m) - 'customer_id' - 'workspace_id' AS metrics
          FROM customer_stage s
          JOIN customer c ON c.workspace_id = s.workspace_id AND c.customer_id = s.customer_id
          JOIN customer_metrics m ON m.workspace_id = s.workspace_id AND m.customer_id = s.customer_id
          WHERE s.workspace_id = ${w.id} ORDER BY 1, 2`);
        answers.push(rows);
      }
      expect(answers[1]).toEqual(answers[0]);
    }),
    { numRuns: 25, interruptAfterTimeLimit: 180_000 },
  );
}, 240_000);

test("a clock set back and forward again leaves the same history", async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 4 }),
      async ({ happenings }, stops) => {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        await take(db.pool, w, happenings);
        for (const offset of stops) {
          const asOf = clockDay(offset);
          await setClock(db.pool, {
            workspaceId: w.id,
            clock: { mode: "fixed", at: startOfDay(asOf, ZONE) },
            now: NOW,
          });
          await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf, now: NOW });
          const model = lifecycleModel(quickThresholds);
          const known = happenings.filter((h) => dayOf(h) <= asOf);
          await expectLogEqualsHistory(db.pool, w.id, [[1, model]], known, asOf);
          const results = await checkInvariants(db.pool, w.id);
          expect(results.filter((r) => r.violations > 0)).toEqual([]);
        }
      },
    ),
    { numRuns: 20, interruptAfterTimeLimit: 180_000 },
  );
}, 240_000);
