import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findMetric, refKey } from "@/lib/metrics/catalogue";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { evaluateRule, holds } from "@/lib/rules/evaluate";
import { listTransitions, liveTransitions, stageSpans, standingOn } from "@/lib/stages/history";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import { recompute } from "@/lib/stages/recompute";
import type { ConditionTrace, Trace } from "@/lib/stages/why";
import { getWhy } from "@/lib/stages/why-query";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { addModel, NOW, naiveStage, take, testWorkspace } from "@/tests/support/lifecycle";
import { CUSTOMERS, dayOf, FIRST_DAY, histories, historyOf } from "@/tests/support/random-history";
import { randomModel } from "@/tests/support/random-model";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const conditionsOf = (of: Trace): ConditionTrace[] =>
  of.kind === "condition" ? [of] : of.kind === "not" ? conditionsOf(of.part) : of.parts.flatMap(conditionsOf);

test("the reasons given for any customer and day lead to the stage the log holds and sorted history gives", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      randomModel,
      randomModel,
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.integer({ min: -2, max: 130 }), { minLength: 3, maxLength: 6 }),
      async (happenings, first, second, changesOn, offsets) => {
        const last = addDays(FIRST_DAY, 130);
        const w = await testWorkspace(db.pool, last);
        await addModel(db.pool, w.id, first);
        await db.pool.query(sql`
          UPDATE stage_model_version SET state = 'retired' WHERE workspace_id = ${w.id} AND model_id = 2`);
        await db.pool.query(sql`
          INSERT INTO stage_model_version (workspace_id, model_id, version, state, definition, effective_on, published_at, created_at)
          VALUES (${w.id}, 2, 2, 'published', ${JSON.stringify(second)}, ${addDays(FIRST_DAY, changesOn)}, ${NOW}, ${NOW})`);
        await take(db.pool, w, happenings);
        await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: last, now: NOW });
        const model = await getDecidingModel(db.pool, w.id, "second");
        const { rows } = await db.pool.query(
          sql`SELECT customer_id, display_key FROM customer WHERE workspace_id = ${w.id}`,
        );
        for (const { customer_id: customerId, display_key: key } of rows) {
          const history = historyOf(happenings, CUSTOMERS.indexOf(key));
          const log = await listTransitions(db.pool, { workspaceId: w.id, modelId: 2, customerId });
          const live = liveTransitions(log);
          for (const asOf of offsets.map((offset) => addDays(FIRST_DAY, offset))) {
            const why = await getWhy(db.pool, { workspaceId: w.id, model, customerId, asOf });
            const deciding = versionOn(model, asOf);
            expect(why.version).toBe(asOf >= addDays(FIRST_DAY, changesOn) ? 2 : 1);
            const expected = naiveStage(deciding.definition, history, asOf);
            expect(why.trace?.stage ?? null).toBe(expected);
            expect(standingOn(live, asOf)?.toStage ?? null).toBe(expected);
            const valueFor = (ref: { metric: string; params?: Record<string, unknown> }) =>
              findMetric(ref.metric)!.oracle(history, ref.params ?? {}, asOf);
            for (const [i, decision] of (why.trace?.decisions ?? []).entries()) {
              expect(decision.trace.passed).toBe(
                evaluateRule(deciding.definition.decisions[i]!.when, valueFor),
              );
              for (const one of conditionsOf(decision.trace)) {
                expect([refKey(one.condition), one.value]).toEqual([
                  refKey(one.condition),
                  valueFor(one.condition),
                ]);
                expect(one.passed).toBe(holds(one.condition, valueFor(one.condition)));
              }
            }
          }
          // The band: spans follow each other without gap and sum to the days lived.
          const spans = stageSpans(live, last);
          const firstDay = happenings
            .filter((h) => CUSTOMERS[h.customer] === key)
            .map(dayOf)
            .sort()[0]!;
          expect(spans[0]?.from).toBe(firstDay);
          for (const [i, span] of spans.entries()) {
            expect(span.to).toBe(spans[i + 1]?.from ?? null);
            expect(span.stage).not.toBe(spans[i + 1]?.stage);
          }
          const lived = Math.round((Date.parse(last) - Date.parse(firstDay)) / 86_400_000) + 1;
          expect(spans.reduce((sum, span) => sum + span.days, 0)).toBe(lived);
        }
      },
    ),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
