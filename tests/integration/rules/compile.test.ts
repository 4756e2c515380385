import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refKey } from "@/lib/metrics/catalogue";
import type { MetricValue } from "@/lib/metrics/metric";
import { join, raw, sql } from "@/lib/platform/db";
import { compileRule } from "@/lib/rules/compile";
import { evaluateRule } from "@/lib/rules/evaluate";
import { explainRule } from "@/lib/rules/explain";
import { rule } from "@/lib/rules/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
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
