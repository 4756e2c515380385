import { allCustomers, MetricPlan } from "@/lib/metrics/plan";
import { isStored, overStored } from "@/lib/metrics/stored";
import type { Day } from "@/lib/platform/day";
import { type Sql, sql } from "@/lib/platform/db";
import { compileRule } from "@/lib/rules/compile";
import type { Rule } from "@/lib/rules/schema";
import { metricsOf } from "@/lib/rules/walk";

/** Whether the rule is answered from the stored metrics alone; otherwise it is computed for everybody. */
export const isOverStored = (rule: Rule): boolean => metricsOf([rule]).every(({ ref }) => isStored(ref));

/** A rule as the list's statement takes it: a condition, and the common table expressions it needs, if any. */
export interface ListRule {
  ctes: Sql | null;
  /** Joined to `s`, the customers of the list. */
  join: Sql;
  condition: Sql;
}

/**
 * The rule as of the day of the metrics. Over stored metrics it is a condition on `m`; otherwise a plan computes what it
 * names for everybody of the workspace. Both say the same: customer_metrics is written by that plan.
 */
export function listRule(rule: Rule, workspaceId: number, metricsOn: Day): ListRule {
  if (isOverStored(rule)) {
    const asOf = sql`${metricsOn}::date`;
    return { ctes: null, join: sql``, condition: compileRule(rule, (ref) => overStored(ref, asOf)!) };
  }
  const plan = new MetricPlan(workspaceId, metricsOn, allCustomers);
  plan.column(
    "holds",
    compileRule(rule, (ref) => plan.value(ref)),
  );
  return {
    ctes: plan.ctes(),
    join: sql`JOIN fact ON fact.customer_id = s.customer_id`,
    condition: sql`fact.holds`,
  };
}
