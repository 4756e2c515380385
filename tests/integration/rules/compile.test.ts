import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refKey } from "@/lib/metrics/catalogue";
import type { MetricValue } from "@/lib/metrics/metric";
import { addDays } from "@/lib/platform/day";
import { join, raw, sql } from "@/lib/platform/db";
import { compileRule } from "@/lib/rules/compile";
import { evaluateRule } from "@/lib/rules/evaluate";
import { explainRule } from "@/lib/rules/explain";
import { type Rule, rule } from "@/lib/rules/schema";
import { lifecycleModel } from "@/lib/stages/default-model";
import { checkInvariants } from "@/lib/stages/invariants";
import { recompute } from "@/lib/stages/recompute";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { addModel, NOW, quickThresholds, take, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, histories } from "@/tests/support/random-history";
import { type RulePart, randomRule } from "@/tests/support/random-rule";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const small = fc.integer({ min: -3, max: 12 });
const dayText = fc.integer({ min: 1, max: 28 }).map((d) => `2026-02-${String(d).padStart(2, "0")}`);
const label = fc.constantFrom("ads", "朋友", "O'Brien", "", "👩‍👩‍👧");
const ratio = fc.constantFrom(0, 0.5, 1, 1.5, 2.9999999, 3);

const parts: (RulePart & { column: string; sqlType: string; values: fc.Arbitrary<MetricValue> })[] = [
  {
    ref: { metric: "orders" },
    type: "count",
    column: "a",
    sqlType: "int",
    operands: fc.oneof(small, ratio),
    values: small,
  },
  {
    ref: { metric: "revenue", params: { days: 30 } },
    type: "money",
    column: "b",
    sqlType: "bigint",
    operands: small,
    values: fc.option(small),
  },
  {
    ref: { metric: "gap_ratio" },
    type: "number",
    column: "c",
    sqlType: "float8",
    operands: ratio,
    values: fc.option(ratio),
  },
  {
    ref: { metric: "last_order_on" },
    type: "day",
    column: "d",
    sqlType: "date",
    operands: dayText,
    values: fc.option(dayText),
  },
  {
    ref: { metric: "trait", params: { key: "channel" } },
    type: "text",
    column: "e",
    sqlType: "text",
    operands: label,
    values: fc.option(label),
  },
];
const columnOf = new Map(parts.map((p) => [refKey(p.ref), raw(`c.${p.column}`)]));
const customers = fc.array(fc.tuple(...parts.map((p) => p.values)), { minLength: 1, maxLength: 60 });

test("SQL and TypeScript agree on every rule for every customer", async () => {
  await fc.assert(
    fc.asyncProperty(randomRule(parts), customers, async (tree, rows) => {
      const table = sql`(VALUES ${join(
        rows.map(
          (row, i) =>
            sql`(${i}::int, ${join(
              row.map((v, k) => sql`${v}${raw(`::${parts[k]!.sqlType}`)}`),
              ", ",
            )})`,
        ),
        ", ",
      )}) AS c (i, a, b, c, d, e)`;
      const compiled = compileRule(tree, (ref) => columnOf.get(refKey(ref))!);
      const result = await db.pool.query(sql`SELECT i, ${compiled} AS holds FROM ${table} ORDER BY i`);
      const expected = rows.map((row) =>
        evaluateRule(tree, (ref) => row[parts.findIndex((p) => refKey(p.ref) === refKey(ref))] ?? null),
      );
      expect(result.rows.map((r) => r.holds)).toEqual(expected);
      // What can be run can be stored, read back and said in both languages.
      expect(rule.parse(JSON.parse(JSON.stringify(tree)))).toEqual(tree);
      for (const locale of ["zh-CN", "en"] as const) {
        expect(explainRule(tree, { locale, currency: "CNY" })).not.toMatch(/undefined|NaN|\[object/);
      }
    }),
    { numRuns: 400 },
  );
});

test("periods since the last order are half-open: [0, 7), [7, 14) and from 14 on share no day and leave none out (R085)", async () => {
  const since = { metric: "days_since_last_order" };
  const periods: Rule[] = [
    { ...since, op: "between", value: [0, 7] },
    { ...since, op: "between", value: [7, 14] },
    { ...since, op: "ge", value: 14 },
  ];
  const holding = periods.map((period) => sql`(${compileRule(period, () => raw("d.days"))})`);
  const { rows } = await db.pool.query(sql`
    SELECT d.days, ARRAY[${join(holding, ", ")}] AS holds FROM generate_series(0, 20) AS d (days) ORDER BY 1`);
  for (const { days, holds } of rows) {
    const expected = [days < 7, days === 7 || (days > 7 && days < 14), days >= 14];
    expect({ days, holds }).toEqual({ days, holds: expected });
    expect(periods.map((period) => evaluateRule(period, () => days))).toEqual(expected);
  }
  // Who never ordered is in none of them.
  expect(periods.map((period) => evaluateRule(period, () => null))).toEqual([false, false, false]);
});

test("a threshold no date can reach stops nobody's evaluation", async () => {
  const far = fc.constantFrom(3e9, -3e9, 1e6, 999_999, 1e300);
  const ops = fc.constantFrom("lt" as const, "ge" as const);
  await fc.assert(
    fc.asyncProperty(
      far,
      ops,
      fc.constantFrom("days_since_last_order", "gap_ratio"),
      async (value, op, metric) => {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        const [happenings] = fc.sample(histories, { numRuns: 1, seed: 3 });
        await take(db.pool, w, happenings!);
        const model = lifecycleModel(quickThresholds);
        const decisions = [{ stage: "churned", when: { metric, op, value } }];
        await addModel(db.pool, w.id, { ...model, decisions });
        await recompute(db.pool, {
          workspaceId: w.id,
          mode: "incremental",
          asOf: addDays(FIRST_DAY, 130),
          now: NOW,
        });
        expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});
