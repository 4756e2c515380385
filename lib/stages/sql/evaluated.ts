import { refKey } from "@/lib/metrics/catalogue";
import { type CustomerScope, MetricPlan } from "@/lib/metrics/plan";
import { standardMetrics } from "@/lib/metrics/standard";
import type { Day } from "@/lib/platform/day";
import { empty, join, raw, type Sql, sql } from "@/lib/platform/db";
import { compileRule } from "@/lib/rules/compile";
import { metricsOf } from "@/lib/rules/walk";
import { rulesOf, type StageModelDefinition } from "../schema";

export interface EvaluationRequest {
  workspaceId: number;
  timeZone: string;
  asOf: Day;
  scope: CustomerScope;
  model: StageModelDefinition;
  /** The version that decided until now, where `model` comes into force on this very day: adds the column former_stage. */
  former?: StageModelDefinition;
  /** Also compute the standard metrics (columns named as in customer_metrics) and when they next change. */
  withStandard: boolean;
}

/**
 * Common table expressions ending in `evaluated`: for every customer of the scope the stage as of the day, the values the
 * model looked at (`evidence`), when passing time alone could change anything (`due_on`), and whether and when the
 * customer did something on that very day (`acted_at`).
 */
export function evaluatedCtes(request: EvaluationRequest): Sql {
  const { workspaceId, asOf, scope, model, former, withStandard } = request;
  const plan = new MetricPlan(workspaceId, asOf, scope);
  // The model's own metrics come first: evidence names them by their place.
  const used = metricsOf(rulesOf(model));
  const all = former ? metricsOf([...rulesOf(model), ...rulesOf(former)]) : used;

  // Each metric becomes one column of `fact`; rules and evidence read the columns, so nothing is computed twice.
  const columns = new Map<string, Sql>();
  all.forEach(({ ref }, i) => {
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

  const columnOf: ColumnOf = (ref) => columns.get(refKey(ref))!;
  const formerStage = former ? sql`, ${stageBy(former, columnOf)} AS former_stage` : empty;
  return sql`${plan.ctes()},
    evaluated AS MATERIALIZED (SELECT fact.*, ${stageBy(model, columnOf)} AS stage${formerStage} FROM fact)`;
}

type ColumnOf = (ref: Parameters<typeof refKey>[0]) => Sql;

/** The stage a model gives: its decisions in the order they are tried. */
function stageBy(model: StageModelDefinition, columnOf: ColumnOf): Sql {
  const cases = model.decisions.map(
    (decision) => sql`WHEN ${compileRule(decision.when, columnOf)} THEN ${decision.stage}::text`,
  );
  return cases.length
    ? sql`CASE ${join(cases, " ")} ELSE ${model.otherwise}::text END`
    : sql`${model.otherwise}::text`;
}

/** Condition of a row with `before` and what was evaluated: the move is a new version's doing, for the old one gives another stage. */
export const movedByRule = ({ former }: EvaluationRequest): Sql =>
  former ? sql`before IS NOT NULL AND former_stage IS DISTINCT FROM stage` : sql`false`;

/** The values a model looks at, as JSON: { "orders": 5, … }. Built only for rows that are written. */
export function evidenceOf(model: StageModelDefinition): Sql {
  const pairs = metricsOf(rulesOf(model)).map(({ ref }, i) => sql`${refKey(ref)}::text, ${raw(`m${i}`)}`);
  return pairs.length ? sql`jsonb_build_object(${join(pairs, ", ")})` : sql`'{}'::jsonb`;
}
