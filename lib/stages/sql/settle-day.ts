import { standardMetrics } from "@/lib/metrics/standard";
import { raw, type Sql, sql } from "@/lib/platform/db";
import { SHARD_BITS } from "../shard";
import { type EvaluationRequest, evaluatedCtes, evidenceOf } from "./evaluated";

export interface SettleDay extends EvaluationRequest {
  modelId: number;
  version: number;
  /** Why a stage may differ when neither an event of the day nor the clock explains it. */
  ruleChange: boolean;
  recordedAt: Date;
}

const columnNames = standardMetrics.map((m) => m.column);
const list = (prefix: string) => raw(columnNames.map((c) => `${prefix}${c}`).join(", "));
const assignments = raw(columnNames.map((c) => `${c} = EXCLUDED.${c}`).join(", "));

/**
 * One statement, one snapshot: evaluates the scope as of the day, compares with what is stored, and writes the
 * differences alone — metrics, present stage, transition log and flow counts together. Running it again writes nothing.
 * Answers one row { evaluated, transitions }.
 */
export function settleDaySql(request: SettleDay): Sql {
  const { workspaceId, modelId, asOf, timeZone, version, recordedAt, model, withStandard } = request;
  const day = sql`${asOf}::date`;
  const shard = sql`(customer_id >> ${raw(String(SHARD_BITS))})::int`;
  const metrics = withStandard
    ? sql`, metrics_written AS (
      INSERT INTO customer_metrics (workspace_id, customer_id, ${list("")})
      SELECT ${workspaceId}::int, e.customer_id, ${list("e.")}
      FROM evaluated e LEFT JOIN customer_metrics m ON m.workspace_id = ${workspaceId} AND m.customer_id = e.customer_id
        AND ${request.scope(sql`m.customer_id`)}
      WHERE m.customer_id IS NULL OR (${list("m.")}) IS DISTINCT FROM (${list("e.")})
      ORDER BY e.customer_id
      ON CONFLICT (workspace_id, customer_id) DO UPDATE SET ${assignments})`
    : sql``;
  return sql`
    WITH ${evaluatedCtes(request)}${metrics},
    compared AS MATERIALIZED (
      SELECT e.*, s.stage AS from_stage, s.due_on AS old_due_on, s.customer_id IS NULL AS appears
      FROM evaluated e
      LEFT JOIN customer_stage s ON s.workspace_id = ${workspaceId} AND s.model_id = ${modelId}
        AND s.customer_id = e.customer_id AND ${request.scope(sql`s.customer_id`)}
      WHERE s.customer_id IS NULL OR s.stage <> e.stage OR s.due_on IS DISTINCT FROM e.due_on
    ),
    stage_written AS (
      INSERT INTO customer_stage AS s (workspace_id, customer_id, model_id, stage, since_on, due_on)
      SELECT ${workspaceId}::int, customer_id, ${modelId}::int, stage, ${day}, due_on
      FROM compared ORDER BY customer_id
      ON CONFLICT (workspace_id, customer_id, model_id) DO UPDATE SET
        stage = EXCLUDED.stage, due_on = EXCLUDED.due_on,
        since_on = CASE WHEN s.stage = EXCLUDED.stage THEN s.since_on ELSE EXCLUDED.since_on END
    ),
    moved AS (
      SELECT c.*, coalesce((SELECT max(t.seq) FROM stage_transition t
          WHERE t.workspace_id = ${workspaceId} AND t.model_id = ${modelId} AND t.customer_id = c.customer_id), 0) + 1 AS seq
      FROM compared c
      WHERE c.from_stage IS DISTINCT FROM c.stage
    ),
    logged AS (
      INSERT INTO stage_transition (workspace_id, customer_id, model_id, seq, effective_on, effective_at, from_stage,
        to_stage, cause, version, evidence, recorded_at)
      SELECT ${workspaceId}::int, customer_id, ${modelId}::int, seq, ${day},
        coalesce(acted_at, ${day}::timestamp AT TIME ZONE ${timeZone}), from_stage, stage,
        CASE WHEN ${request.ruleChange} AND NOT appears THEN 'rule_change' WHEN acted_at IS NOT NULL THEN 'event' ELSE 'clock' END,
        ${version}::int, ${evidenceOf(model)}, ${recordedAt}::timestamptz
      FROM moved ORDER BY customer_id
    ),
    flows AS (
      INSERT INTO stage_flow AS f (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
      SELECT ${workspaceId}::int, ${modelId}::int, ${shard}, ${day},
        coalesce(from_stage, ''), stage, count(*)::int
      FROM moved GROUP BY 3, 5, 6 ORDER BY 3, 5, 6
      ON CONFLICT (workspace_id, model_id, shard, day, from_stage, to_stage) DO UPDATE SET moves = f.moves + EXCLUDED.moves
    )
    SELECT (SELECT count(*) FROM evaluated)::int AS evaluated, (SELECT count(*) FROM moved)::int AS transitions`;
}
