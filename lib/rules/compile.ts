import { resolveMetric } from "@/lib/metrics/catalogue";
import type { MetricRef } from "@/lib/metrics/metric";
import { join, raw, type Sql, sql } from "@/lib/platform/db";
import { checkRule, comparedAs } from "./check";
import type { Condition, Rule } from "./schema";

/** Gives the SQL expression of a metric's value. */
export type ColumnOf = (ref: MetricRef) => Sql;

const comparison = { lt: "<", le: "<=", eq: "=", ne: "<>", ge: ">=", gt: ">" } as const;
const cast = { number: raw("::float8"), day: raw("::date"), text: raw("::text") };

function compileCondition(condition: Condition, columnOf: ColumnOf): Sql {
  const column = columnOf(condition);
  const type = cast[comparedAs(resolveMetric(condition).metric.type)];
  // A whole number is compared as one: casting a counter of every row to float8 costs more than the comparison.
  const operand = (value: number | string) =>
    Number.isSafeInteger(value) ? sql`${value}::bigint` : sql`${value}${type}`;
  switch (condition.op) {
    case "known":
      return sql`${column} IS NOT NULL`;
    case "unknown":
      return sql`${column} IS NULL`;
    case "between":
      return sql`coalesce(${column} >= ${operand(condition.value[0])} AND ${column} < ${operand(condition.value[1])}, false)`;
    case "in":
      return sql`coalesce(${column} IN (${join(condition.value.map(operand), ", ")}), false)`;
    case "not_in":
      return sql`coalesce(${column} NOT IN (${join(condition.value.map(operand), ", ")}), false)`;
    default:
      return sql`coalesce(${column} ${raw(comparison[condition.op])} ${operand(condition.value)}, false)`;
  }
}

function compileTree(rule: Rule, columnOf: ColumnOf): Sql {
  if ("all" in rule) {
    return rule.all.length
      ? sql`(${join(
          rule.all.map((r) => compileTree(r, columnOf)),
          " AND ",
        )})`
      : sql`true`;
  }
  if ("any" in rule) {
    return rule.any.length
      ? sql`(${join(
          rule.any.map((r) => compileTree(r, columnOf)),
          " OR ",
        )})`
      : sql`false`;
  }
  if ("not" in rule) return sql`(NOT ${compileTree(rule.not, columnOf)})`;
  return compileCondition(rule, columnOf);
}

/** A rule as one SQL condition that is never NULL: a comparison without data is false. Operands are parameters. */
export function compileRule(rule: Rule, columnOf: ColumnOf): Sql {
  checkRule(rule);
  return compileTree(rule, columnOf);
}
