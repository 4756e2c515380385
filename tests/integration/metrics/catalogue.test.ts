import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogue, findMetric, refKey } from "@/lib/metrics/catalogue";
import type { MetricRef } from "@/lib/metrics/metric";
import { allCustomers, MetricPlan } from "@/lib/metrics/plan";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { take, testWorkspace } from "@/tests/support/lifecycle";
import { CUSTOMERS, FIRST_DAY, histories, historyOf } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Every metric, with every shape of its parameters. */
const refs: MetricRef[] = [
  ...catalogue.filter((m) => m.params.safeParse({}).success).map((m) => ({ metric: m.key })),
  ...[1, 7, 30, 90].flatMap((days) => [
    { metric: "revenue", params: { days } },
    { metric: "active_days", params: { days } },
    { metric: "logins", params: { days } },
    ...[undefined, "order", "view", "refund", "demo_watched", "never_seen"].flatMap((kind) => [
      { metric: "event_count", params: { kind, days } },
      { metric: "event_change", params: { kind, days } },
    ]),
  ]),
  { metric: "event_count", params: { kind: "demo_watched" } },
  { metric: "event_count", params: { kind: "cart" } },
  ...[["order"], ["demo_watched"], ["order", "demo_watched"], ["never_seen"]].flatMap((without) => [
    { metric: "historical_ltv", params: { without } },
    { metric: "other_value", params: { without } },
  ]),
  { metric: "trait", params: { key: "plan" } },
  { metric: "trait", params: { key: "never set" } },
];

test("every metric of the catalogue is exercised", () => {
  expect(new Set(refs.map((r) => r.metric))).toEqual(new Set(catalogue.map((m) => m.key)));
});

test("each metric in SQL equals its naive oracle, for everyone, as of any day", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.array(fc.integer({ min: -2, max: 240 }), { minLength: 1, maxLength: 4 }),
      async (happenings, offsets) => {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        await take(db.pool, w, happenings);
        for (const asOf of offsets.map((o) => addDays(FIRST_DAY, o))) {
          const plan = new MetricPlan(w.id, asOf, allCustomers);
          refs.forEach((ref, i) => {
            plan.column(`v${i}`, plan.value(ref));
          });
          const { rows } = await db.pool.query(sql`
          WITH ${plan.ctes()} SELECT c.display_key, fact.* FROM fact
          JOIN customer c ON c.workspace_id = ${w.id} AND c.customer_id = fact.customer_id`);
          const seen = CUSTOMERS.map((_, c) => historyOf(happenings, c)).map((h) =>
            h.seen.some((d) => d <= asOf),
          );
          expect(rows.map((r) => r.display_key).sort()).toEqual(CUSTOMERS.filter((_, c) => seen[c]).sort());
          for (const row of rows) {
            const history = historyOf(happenings, CUSTOMERS.indexOf(row.display_key));
            const got = Object.fromEntries(refs.map((ref, i) => [refKey(ref), row[`v${i}`]]));
            const expected = Object.fromEntries(
              refs.map((ref) => [
                refKey(ref),
                findMetric(ref.metric)!.oracle(history, ref.params ?? {}, asOf),
              ]),
            );
            expect(got).toEqual(expected);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
