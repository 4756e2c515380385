import type { MetricRef, MetricValue } from "@/lib/metrics/metric";
import type { Condition, Rule } from "./schema";

/** Gives a metric's value for one customer. */
export type ValueFor = (ref: MetricRef) => MetricValue;

/** One condition held against its value, for explanations. */
export interface ConditionResult {
  condition: Condition;
  value: MetricValue;
  passed: boolean;
}

/** Whether a value satisfies a condition: what compileRule says in SQL, for one customer. */
export function holds(condition: Condition, value: MetricValue): boolean {
  if (condition.op === "known") return value !== null;
  if (condition.op === "unknown") return value === null;
  if (value === null) return false;
  switch (condition.op) {
    case "between":
      return value >= condition.value[0] && value < condition.value[1];
    case "in":
      return condition.value.includes(value);
    case "not_in":
      return !condition.value.includes(value);
    case "lt":
      return value < condition.value;
    case "le":
      return value <= condition.value;
    case "eq":
      return value === condition.value;
    case "ne":
      return value !== condition.value;
    case "ge":
      return value >= condition.value;
    case "gt":
      return value > condition.value;
  }
}

/** Whether the rule holds for the customer whose values `valueFor` gives. */
export function evaluateRule(rule: Rule, valueFor: ValueFor): boolean {
  if ("all" in rule) return rule.all.every((r) => evaluateRule(r, valueFor));
  if ("any" in rule) return rule.any.some((r) => evaluateRule(r, valueFor));
  if ("not" in rule) return !evaluateRule(rule.not, valueFor);
  return holds(rule, valueFor(rule));
}
