import { resolveMetric } from "@/lib/metrics/catalogue";
import type { MetricType } from "@/lib/metrics/metric";
import { parseDay } from "@/lib/platform/day";
import { AppError } from "@/lib/platform/errors";
import type { Condition, Rule } from "./schema";
import { conditionsOf, operandsOf } from "./walk";

/** Whether a metric of this type is compared as a number, a day or a label. */
export function comparedAs(type: MetricType): "number" | "day" | "text" {
  return type === "day" || type === "text" ? type : "number";
}

function checkOperand(condition: Condition, value: number | string, as: "number" | "day" | "text") {
  const fits =
    as === "number" ? typeof value === "number" && Number.isFinite(value) : typeof value === "string";
  const details = { metric: condition.metric, op: condition.op, value };
  if (!fits)
    throw new AppError(
      "bad_input",
      `"${condition.metric}" is compared with a ${as}, not ${JSON.stringify(value)}`,
      details,
    );
  if (as === "day") {
    try {
      parseDay(String(value));
    } catch {
      throw new AppError(
        "bad_input",
        `"${condition.metric}" is compared with a day like 2026-02-01, not "${value}"`,
        details,
      );
    }
  }
}

/** Holds a rule against the catalogue: metrics and parameters exist, operands fit their type. Throws bad_input naming the condition. */
export function checkRule(rule: Rule): void {
  for (const condition of conditionsOf(rule)) {
    const { metric } = resolveMetric(condition);
    const as = comparedAs(metric.type);
    for (const value of operandsOf(condition)) checkOperand(condition, value, as);
    const ordered = condition.op === "between" || ["lt", "le", "ge", "gt"].includes(condition.op);
    if (ordered && as === "text") {
      throw new AppError("bad_input", `"${condition.metric}" is a label; it has no order`, { ...condition });
    }
  }
}
