import { refKey } from "@/lib/metrics/catalogue";
import { type CustomerScope, MetricPlan } from "@/lib/metrics/plan";
import { standardMetrics } from "@/lib/metrics/standard";
import type { Day } from "@/lib/platform/day";
import { join, raw, type Sql, sql } from "@/lib/platform/db";
import { compileRule } from "@/lib/rules/compile";
import { metricsOf } from "@/lib/rules/walk";
import { rulesOf, type StageModelDefinition } from "../schema";

export interface EvaluationRequest {
  workspaceId: number;
  timeZone: string;
  asOf: Day;
  scope: CustomerScope;
  model: StageModelDefinition;
  /** Also compute the standard metrics (columns named as in customer_metrics) and when they next change. */
  withStandard: boolean;
}

/**
 * Common table expressions ending in `evaluated`: for every customer of the scope the stage as of the day, the values the
 * model looked at (`evidence`), when passing time alone could change anything (`due_on`), and whether and when the
 * customer did something on that very day (`acted_at`).
 */
export function evaluatedCtes(request: EvaluationRequest): Sql {
  const { workspaceId, asOf, scope, model, withStandard } = request;
  const plan = new MetricPlan(workspaceId, asOf, scope);
  const used = metricsOf(rulesOf(model));

  // Each metric becomes one column of `fact`; rules and evidence read the columns, so nothing is computed twice.
  const columns = new Map<string, Sql>();
  used.forEach(({ ref }, i) => {
    plan.column(`m${i}`, plan.value(ref));
    columns.set(refKey(ref), raw(`m${i}`));
  });
  const changes = used.flatMap(({ ref, thresholds }) => plan.nextChange(ref, thresholds) ?? []);
  if (withStandard) {
    for (const { column, ...ref } of standardMetrics) {
      plan.column(column, plan.value(ref));
      const change = plan.nextChange(ref, []);
      if (change) changes.push(change);
    }
  }
  const distinct = [
    ...new Map(changes.map((change) => [`${change.text} ${change.values}`, change])).values(),
  ];
  plan.column("due_on", distinct.length ? sql`least(${join(distinct, ", ")})` : sql`NULL::date`);
  plan.column("acted_at", plan.dailyAggregate(sql`max(d.last_at) FILTER (WHERE d.day = ${plan.asOf})`));

  const columnOf = (ref: Parameters<typeof refKey>[0]) => columns.get(refKey(ref))!;
  const cases = model.decisions.map(
    (decision) => sql`WHEN ${compileRule(decision.when, columnOf)} THEN ${decision.stage}::text`,
  );
  const stage = cases.length
    ? sql`CASE ${join(cases, " ")} ELSE ${model.otherwise}::text END`
    : sql`${model.otherwise}::text`;
  return sql`${plan.ctes()}, evaluated AS MATERIALIZED (SELECT fact.*, ${stage} AS stage FROM fact)`;
}

/** The values a model looks at, as JSON: { "orders": 5, … }. Built only for rows that are written. */
export function evidenceOf(model: StageModelDefinition): Sql {
  const pairs = metricsOf(rulesOf(model)).map(({ ref }, i) => sql`${refKey(ref)}::text, ${raw(`m${i}`)}`);
  return pairs.length ? sql`jsonb_build_object(${join(pairs, ", ")})` : sql`'{}'::jsonb`;
}
