import { refKey } from "@/lib/metrics/catalogue";
import type { MetricRef, Thresholds } from "@/lib/metrics/metric";
import type { Condition, Rule } from "./schema";

/** Every condition of a rule, left to right. */
export function conditionsOf(rule: Rule): Condition[] {
  if ("all" in rule) return rule.all.flatMap(conditionsOf);
  if ("any" in rule) return rule.any.flatMap(conditionsOf);
  if ("not" in rule) return conditionsOf(rule.not);
  return [rule];
}

/** The values a condition compares with. */
export function operandsOf(condition: Condition): (number | string)[] {
  if (!("value" in condition)) return [];
  return Array.isArray(condition.value) ? condition.value : [condition.value];
}

/** Each metric the rules name, once, with every numeric threshold it is compared with (ascending). */
export function metricsOf(rules: readonly Rule[]): { ref: MetricRef; thresholds: Thresholds }[] {
  const found = new Map<string, { ref: MetricRef; thresholds: number[] }>();
  for (const condition of rules.flatMap(conditionsOf)) {
    const ref = { metric: condition.metric, params: condition.params };
    const key = refKey(ref);
    if (!found.has(key)) found.set(key, { ref, thresholds: [] });
    for (const value of operandsOf(condition)) {
      if (typeof value === "number") found.get(key)!.thresholds.push(value);
    }
  }
  for (const one of found.values()) one.thresholds = [...new Set(one.thresholds)].sort((a, b) => a - b);
  return [...found.values()];
}
