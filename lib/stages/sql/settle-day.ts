import { standardMetrics } from "@/lib/metrics/standard";
import { raw, type Sql, sql } from "@/lib/platform/db";
import { SHARD_BITS } from "../shard";
import { type EvaluationRequest, evaluatedCtes, evidenceOf, movedByRule } from "./evaluated";

export interface SettleDay extends EvaluationRequest {
  modelId: number;
  version: number;
  recordedAt: Date;
}

const columnNames = standardMetrics.map((m) => m.column);
const list = (prefix: string) => raw(columnNames.map((c) => `${prefix}${c}`).join(", "));
const assignments = raw(columnNames.map((c) => `${c} = EXCLUDED.${c}`).join(", "));

/**
 * One statement, one snapshot: evaluates the scope as of the day, compares with what is stored, and writes the
 * differences alone — metrics, present stage, transition log and flow counts together. Running it again writes nothing.
 * The log keeps one live row a customer and day, so whoever moved today already gets that row replaced (or only
 * retracted, where the day ends as it began). Answers one row { evaluated, transitions, retracted }.
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
      SELECT e.*, s.stage AS old_stage, s.since_on AS old_since_on
      FROM evaluated e
      LEFT JOIN customer_stage s ON s.workspace_id = ${workspaceId} AND s.model_id = ${modelId}
        AND s.customer_id = e.customer_id AND ${request.scope(sql`s.customer_id`)}
      WHERE s.customer_id IS NULL OR s.stage <> e.stage OR s.due_on IS DISTINCT FROM e.due_on
    ),
    retracted AS (   -- the moves of this very day that do not end where it ends
      UPDATE stage_transition t SET retracted_at = ${recordedAt}::timestamptz
      FROM compared c
      WHERE c.old_since_on = ${day} AND c.old_stage <> c.stage
        AND t.workspace_id = ${workspaceId} AND t.model_id = ${modelId} AND t.customer_id = c.customer_id
        AND ${request.scope(sql`t.customer_id`)} AND t.effective_on = ${day} AND t.retracted_at IS NULL
      RETURNING t.customer_id, t.from_stage, t.to_stage
    ),
    judged AS MATERIALIZED (
      SELECT c.*, CASE WHEN r.customer_id IS NULL THEN c.old_stage ELSE r.from_stage END AS before
      FROM compared c LEFT JOIN retracted r ON r.customer_id = c.customer_id
    ),
    stage_written AS (
      INSERT INTO customer_stage AS s (workspace_id, customer_id, model_id, stage, since_on, due_on)
      SELECT ${workspaceId}::int, customer_id, ${modelId}::int, stage,
        CASE WHEN stage = old_stage THEN old_since_on
             WHEN stage = before THEN (SELECT max(t.effective_on) FROM stage_transition t
               WHERE t.workspace_id = ${workspaceId} AND t.model_id = ${modelId} AND t.customer_id = judged.customer_id
                 AND t.effective_on < ${day} AND t.retracted_at IS NULL)
             ELSE ${day} END,
        due_on
      FROM judged ORDER BY customer_id
      ON CONFLICT (workspace_id, customer_id, model_id) DO UPDATE SET
        stage = EXCLUDED.stage, since_on = EXCLUDED.since_on, due_on = EXCLUDED.due_on
    ),
    moved AS (
      SELECT j.*, coalesce((SELECT max(t.seq) FROM stage_transition t
          WHERE t.workspace_id = ${workspaceId} AND t.model_id = ${modelId} AND t.customer_id = j.customer_id), 0) + 1 AS seq
      FROM judged j
      WHERE j.before IS DISTINCT FROM j.stage AND j.old_stage IS DISTINCT FROM j.stage
    ),
    logged AS (
      INSERT INTO stage_transition (workspace_id, customer_id, model_id, seq, effective_on, effective_at, from_stage,
        to_stage, cause, version, evidence, recorded_at)
      SELECT ${workspaceId}::int, customer_id, ${modelId}::int, seq, ${day},
        coalesce(acted_at, ${day}::timestamp AT TIME ZONE ${timeZone}), before, stage,
        CASE WHEN ${movedByRule(request)} THEN 'rule_change' WHEN acted_at IS NOT NULL THEN 'event' ELSE 'clock' END,
        ${version}::int, ${evidenceOf(model)}, ${recordedAt}::timestamptz
      FROM moved ORDER BY customer_id
    ),
    flows AS (
      INSERT INTO stage_flow AS f (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
      SELECT ${workspaceId}::int, ${modelId}::int, ${shard}, ${day},
        coalesce(from_stage, ''), to_stage, sum(moves)::int
      FROM (
        SELECT customer_id, before AS from_stage, stage AS to_stage, 1 AS moves FROM moved
        UNION ALL
        SELECT customer_id, from_stage, to_stage, -1 FROM retracted
      ) change
      GROUP BY 3, 5, 6 HAVING sum(moves) <> 0 ORDER BY 3, 5, 6
      ON CONFLICT (workspace_id, model_id, shard, day, from_stage, to_stage) DO UPDATE SET moves = f.moves + EXCLUDED.moves
    )
    SELECT (SELECT count(*) FROM evaluated)::int AS evaluated, (SELECT count(*) FROM moved)::int AS transitions,
      (SELECT count(*) FROM retracted)::int AS retracted`;
}
