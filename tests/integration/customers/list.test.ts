import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countCustomers, listCustomerIds, listCustomers } from "@/lib/customers/list";
import { type ListQuestion, listQuestion } from "@/lib/customers/list-asked";
import {
  type ListCursor,
  type ListedCustomer,
  type ListSort,
  listColumns,
  sortKeys,
} from "@/lib/customers/list-schema";
import { findMetric } from "@/lib/metrics/catalogue";
import type { MetricValue } from "@/lib/metrics/metric";
import { standardMetrics } from "@/lib/metrics/standard";
import { addDays, type Day } from "@/lib/platform/day";
import { evaluateRule } from "@/lib/rules/evaluate";
import type { Rule } from "@/lib/rules/schema";
import { APPEARED } from "@/lib/stages/customers-filter";
import { lifecycleModel } from "@/lib/stages/default-model";
import { recompute } from "@/lib/stages/recompute";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, naiveStage, quickThresholds, take, testWorkspace } from "@/tests/support/lifecycle";
import { CUSTOMERS, FIRST_DAY, histories, historyOf } from "@/tests/support/random-history";
import { type RulePart, randomRule } from "@/tests/support/random-rule";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const small = fc.integer({ min: -1, max: 6 });
const money = fc.integer({ min: 0, max: 120_000 });
const someDay = fc.integer({ min: 0, max: 140 }).map((n) => addDays(FIRST_DAY, n));

/** Metrics kept in customer_metrics and expressions over them; the last five need the rollup. */
const parts: RulePart[] = [
  { ref: { metric: "orders" }, type: "count", operands: small },
  { ref: { metric: "revenue", params: { days: 30 } }, type: "money", operands: money },
  { ref: { metric: "average_order_value" }, type: "money", operands: money },
  { ref: { metric: "days_since_last_order" }, type: "days", operands: fc.integer({ min: 0, max: 60 }) },
  { ref: { metric: "gap_ratio" }, type: "number", operands: fc.constantFrom(0.5, 1, 1.5, 3) },
  { ref: { metric: "last_order_on" }, type: "day", operands: someDay },
  { ref: { metric: "acquisition_channel" }, type: "text", operands: fc.constantFrom("ads", "referral", "") },
  { ref: { metric: "event_count", params: { kind: "demo_watched" } }, type: "count", operands: small },
  {
    ref: { metric: "event_change", params: { days: 30 } },
    type: "number",
    operands: fc.constantFrom(-0.5, 0, 1),
  },
  { ref: { metric: "historical_ltv" }, type: "money", operands: money },
  { ref: { metric: "active_days", params: { days: 14 } }, type: "count", operands: small },
  {
    ref: { metric: "trait", params: { key: "plan" } },
    type: "text",
    operands: fc.constantFrom("pro", "7", "true"),
  },
];

const model = lifecycleModel(quickThresholds);
const stageKeys = model.stages.map((s) => s.key);
const sorts = fc.record<ListSort>({ key: fc.constantFrom(...sortKeys), descending: fc.boolean() });
const someStage = fc.option(fc.constantFrom(...stageKeys), { nil: undefined });

/** A customer as plain TypeScript sees it. */
interface Naive {
  name: string;
  stage: string | null;
  earlier: string | null;
  value: (metric: string, params?: Record<string, unknown>) => MetricValue;
}

const naiveCustomers = (
  happenings: Parameters<typeof historyOf>[0],
  p: { asOf: Day; since: Day; metricsOn: Day },
): Naive[] =>
  CUSTOMERS.map((name, c) => {
    const history = historyOf(happenings, c);
    return {
      name,
      stage: naiveStage(model, history, p.asOf),
      earlier: naiveStage(model, history, p.since),
      value: (metric, params = {}) => findMetric(metric)!.oracle(history, params, p.metricsOn),
    };
  });

/** What a row is sorted by, in plain terms. */
function sortValue(row: ListedCustomer, key: string): MetricValue {
  if (key === "since") return row.sinceOn;
  if (key === "stage") return stageKeys.indexOf(row.stage);
  return row.values[key] ?? null;
}

/** Sorted the slow way: no data last in either direction, equal ones by id. */
function naiveSort(rows: ListedCustomer[], { key, descending }: ListSort): ListedCustomer[] {
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (key === "customer") return (a.customerId - b.customerId) * turn;
    const [x, y] = [sortValue(a, key), sortValue(b, key)];
    if (x !== y) {
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y ? -turn : turn;
    }
    return a.customerId - b.customerId;
  });
}

async function everyPage(question: ListQuestion, sort: ListSort, limit: number): Promise<ListedCustomer[]> {
  const all: ListedCustomer[] = [];
  let after: ListCursor | undefined;
  for (;;) {
    const page = await listCustomers(db.pool, {
      ...question.asked,
      ...question,
      columns: listColumns,
      sort,
      after,
      limit,
    });
    all.push(...page.customers);
    if (!page.next) return all;
    // As it travels: through JSON.
    after = JSON.parse(JSON.stringify(page.next)) as ListCursor;
  }
}

const questions = fc.record({
  asOfBack: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 150 })),
  sinceBack: fc.integer({ min: 1, max: 160 }),
  stage: someStage,
  from: fc.option(fc.constantFrom(...stageKeys, APPEARED), { nil: undefined }),
  rule: fc.option(randomRule(parts), { nil: undefined, freq: 4 }),
  sort: sorts,
  limit: fc.integer({ min: 1, max: 3 }),
});

test("filtered by any rule, stage and earlier stage the list holds whom a naive filter keeps, sorted as asked, page by page", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 20, max: 200 }),
      fc.array(questions, { minLength: 4, maxLength: 6 }),
      async (happenings, todayOffset, asked) => {
        const today = addDays(FIRST_DAY, todayOffset);
        const w = await testWorkspace(db.pool, today);
        await take(db.pool, w, happenings);
        await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: today, now: NOW });
        const workspace = await getWorkspace(db.pool, w.id);
        for (const p of asked) {
          const asOf = addDays(today, -p.asOfBack);
          const since = addDays(asOf, -p.sinceBack);
          const moved = p.from === undefined ? {} : { since, fromStage: p.from };
          const filter = { asOf, stage: p.stage, rule: p.rule, ...moved };
          const question = await listQuestion(db.pool, { workspace, filter, now: NOW });
          expect(question.asked.metricsOn).toBe(today);

          const people = naiveCustomers(happenings, { asOf, since, metricsOn: today });
          const kept = people.filter(
            (one) =>
              one.stage !== null &&
              (p.stage === undefined || one.stage === p.stage) &&
              (p.from === undefined || (one.earlier ?? APPEARED) === p.from) &&
              (p.rule === undefined ||
                evaluateRule(p.rule, ({ metric, params }) => one.value(metric, params))),
          );

          const rows = await everyPage(question, p.sort, p.limit);
          expect(rows.map((row) => row.displayKey).sort()).toEqual(kept.map((one) => one.name).sort());
          expect(rows).toEqual(naiveSort(rows, p.sort));
          expect(await listCustomerIds(db.pool, { ...question.asked, sort: p.sort })).toEqual(
            rows.map((row) => row.customerId),
          );
          expect(await countCustomers(db.pool, question.asked)).toEqual({ count: kept.length, exact: true });
          for (const row of rows) {
            const one = people.find(({ name }) => name === row.displayKey)!;
            expect(row.stage).toBe(one.stage);
            expect(row.values).toEqual(
              Object.fromEntries(
                standardMetrics.map(({ column, metric, params }) => [column, one.value(metric, params)]),
              ),
            );
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});

test("a rule over stored metrics and the same rule computed for everybody keep the same customers", async () => {
  await fc.assert(
    fc.asyncProperty(histories, randomRule(parts.slice(0, 7)), async (happenings, stored: Rule) => {
      const today = addDays(FIRST_DAY, 120);
      const w = await testWorkspace(db.pool, today);
      await take(db.pool, w, happenings);
      await recompute(db.pool, { workspaceId: w.id, mode: "full", asOf: today, now: NOW });
      const workspace = await getWorkspace(db.pool, w.id);
      const namesOf = async (rule: Rule) => {
        const question = await listQuestion(db.pool, { workspace, filter: { rule }, now: NOW });
        return (await everyPage(question, { key: "customer", descending: false }, 100)).map(
          (row) => row.displayKey,
        );
      };
      // One condition beyond the stored ones, true of everybody, sends the whole rule to the plan.
      const computed: Rule = { all: [stored, { metric: "other_value", op: "ge", value: 0 }] };
      expect(await namesOf(computed)).toEqual(await namesOf(stored));
    }),
    { numRuns: 12 },
  );
});
