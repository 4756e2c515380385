import type { Day } from "@/lib/platform/day";
import { raw, type Sql, sql } from "@/lib/platform/db";
import { SHARD_BITS } from "../shard";
import { type EvaluationRequest, evaluatedCtes, evidenceOf, movedByRule } from "./evaluated";

interface Model {
  workspaceId: number;
  modelId: number;
}

/** The walkers of one transaction: customers whose history is lived again, each from its own day, and the days to stop at. */
export const createWalkersSql = (): Sql => sql`
  CREATE TEMP TABLE IF NOT EXISTS walker (
    customer_id bigint PRIMARY KEY, from_on date NOT NULL, known boolean NOT NULL, stage text, due_on date
  ) ON COMMIT DELETE ROWS`;
export const createWalkerDaysSql = (): Sql => sql`
  CREATE TEMP TABLE IF NOT EXISTS walker_day (day date NOT NULL, customer_id bigint NOT NULL, PRIMARY KEY (day, customer_id))
  ON COMMIT DELETE ROWS`;

/** Puts each walker on the stage it had before its first day; `known` tells a corrected history from a first one. */
export const startWalkersSql = (p: Model & { customerIds: number[]; fromDays: Day[] }): Sql => sql`
  INSERT INTO walker (customer_id, from_on, known, stage)
  SELECT c.customer_id, c.from_on,
    EXISTS (SELECT FROM stage_transition t WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId}
              AND t.customer_id = c.customer_id),
    (SELECT t.to_stage FROM stage_transition t
      WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.customer_id = c.customer_id
        AND t.retracted_at IS NULL AND t.effective_on < c.from_on
      ORDER BY t.effective_on DESC, t.seq DESC LIMIT 1)
  FROM unnest(${p.customerIds}::bigint[], ${p.fromDays}::date[]) AS c (customer_id, from_on)`;

/** Where walkers must stop: days something happened, days the log speaks of, days a version came into force, and the last. */
export const planWalkSql = (p: Model & { to: Day; versionDays: string[] }): Sql => sql`
  INSERT INTO walker_day (day, customer_id)
  SELECT w.from_on, w.customer_id FROM walker w
  UNION
  SELECT d.day, w.customer_id FROM walker w
    JOIN customer_day d ON d.workspace_id = ${p.workspaceId} AND d.customer_id = w.customer_id
      AND d.day >= w.from_on AND d.day <= ${p.to}::date
  UNION
  SELECT t.effective_on, w.customer_id FROM walker w
    JOIN stage_transition t ON t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId}
      AND t.customer_id = w.customer_id AND t.retracted_at IS NULL AND t.effective_on >= w.from_on
      AND t.effective_on <= ${p.to}::date
  UNION
  SELECT v.day, w.customer_id FROM walker w
    JOIN unnest(${p.versionDays}::date[]) AS v (day) ON v.day >= w.from_on AND v.day <= ${p.to}::date
  UNION
  SELECT ${p.to}::date, w.customer_id FROM walker w`;

/** The next day after `after` (null: the first) on which anybody must stop, and who does: one row { day, customerIds }, or none. */
export const nextStopSql = (after: Day | null, to: Day): Sql => sql`
  WITH next AS (
    SELECT least(
      (SELECT min(day) FROM walker_day WHERE day > coalesce(${after}::date, '-infinity')),
      (SELECT min(due_on) FROM walker WHERE due_on <= ${to}::date)) AS day
  )
  SELECT n.day, array_agg(s.customer_id ORDER BY s.customer_id) AS "customerIds"
  FROM next n
  CROSS JOIN LATERAL (
    SELECT customer_id FROM walker_day WHERE day = n.day
    UNION
    SELECT customer_id FROM walker WHERE due_on <= n.day
  ) s
  WHERE n.day IS NOT NULL
  GROUP BY n.day`;

export interface WalkStep extends EvaluationRequest, Model {
  customerIds: number[];
  version: number;
  /** Days before this one were already settled: what changes there corrects history. */
  settledOn: string | null;
  recordedAt: Date;
}

/**
 * Lives one day for the customers that stop there: what the log should say of the day (from the stage before it to the
 * stage as of it) against what it says. Agreement writes nothing; else the day's row is retracted and the right one is
 * added. Answers { evaluated, transitions, retracted }.
 */
export function walkStepSql(p: WalkStep): Sql {
  const ids = sql`${p.customerIds}::bigint[]`;
  const day = sql`${p.asOf}::date`;
  const ofDay = sql`t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.customer_id = ANY(${ids})
    AND t.effective_on = ${day} AND t.retracted_at IS NULL`;
  return sql`
    WITH ${evaluatedCtes(p)},
    logged_day AS (   -- what the log says of this day: one live row, or none
      SELECT t.customer_id, t.from_stage, t.to_stage FROM stage_transition t WHERE ${ofDay}
    ),
    judged AS MATERIALIZED (
      SELECT w.customer_id, w.stage AS before, w.known, e.stage AS after, l.customer_id IS NOT NULL AS has_rows,
        CASE WHEN l.customer_id IS NULL THEN e.stage IS NOT DISTINCT FROM w.stage
             ELSE e.stage IS NOT NULL AND l.from_stage IS NOT DISTINCT FROM w.stage AND l.to_stage = e.stage END AS agrees
      FROM walker w
      LEFT JOIN evaluated e ON e.customer_id = w.customer_id
      LEFT JOIN logged_day l ON l.customer_id = w.customer_id
      WHERE w.customer_id = ANY(${ids})
    ),
    retracted AS (
      UPDATE stage_transition t SET retracted_at = ${p.recordedAt}::timestamptz
      FROM judged j
      WHERE ${ofDay} AND t.customer_id = j.customer_id AND j.has_rows AND NOT j.agrees
      RETURNING t.customer_id, t.from_stage, t.to_stage
    ),
    moved AS MATERIALIZED (   -- after the retractions: a day holds one live row at every moment
      SELECT e.*, j.before, j.known, coalesce((SELECT max(t.seq) FROM stage_transition t
          WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.customer_id = e.customer_id), 0) + 1 AS seq
      FROM judged j JOIN evaluated e ON e.customer_id = j.customer_id CROSS JOIN (SELECT count(*) FROM retracted) AS done
      WHERE NOT j.agrees AND j.after IS DISTINCT FROM j.before
    ),
    logged AS (
      INSERT INTO stage_transition (workspace_id, customer_id, model_id, seq, effective_on, effective_at, from_stage,
        to_stage, cause, version, evidence, recorded_at)
      SELECT ${p.workspaceId}::int, customer_id, ${p.modelId}::int, seq, ${day},
        coalesce(acted_at, ${day}::timestamp AT TIME ZONE ${p.timeZone}), before, stage,
        CASE WHEN ${movedByRule(p)} THEN 'rule_change'
             WHEN known AND ${day} < ${p.settledOn}::date THEN 'correction'
             WHEN acted_at IS NOT NULL THEN 'event' ELSE 'clock' END,
        ${p.version}::int, ${evidenceOf(p.model)}, ${p.recordedAt}::timestamptz
      FROM moved ORDER BY customer_id
    ),
    flows AS (
      INSERT INTO stage_flow AS f (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
      SELECT ${p.workspaceId}::int, ${p.modelId}::int, (c.customer_id >> ${raw(String(SHARD_BITS))})::int, ${day},
        coalesce(c.from_stage, ''), c.to_stage, sum(c.moves)::int
      FROM (
        SELECT customer_id, before AS from_stage, stage AS to_stage, 1 AS moves FROM moved
        UNION ALL
        SELECT customer_id, from_stage, to_stage, -1 FROM retracted
      ) c
      GROUP BY 3, 5, 6 HAVING sum(c.moves) <> 0 ORDER BY 3, 5, 6
      ON CONFLICT (workspace_id, model_id, shard, day, from_stage, to_stage) DO UPDATE SET moves = f.moves + EXCLUDED.moves
    ),
    stepped AS (
      UPDATE walker w SET stage = j.after, due_on = e.due_on
      FROM judged j LEFT JOIN evaluated e ON e.customer_id = j.customer_id
      WHERE w.customer_id = j.customer_id
    )
    SELECT (SELECT count(*) FROM judged)::int AS evaluated, (SELECT count(*) FROM moved)::int AS transitions,
      (SELECT count(*) FROM retracted)::int AS retracted`;
}

/** Retracts what the log says of days after `to` (the clock was moved back) and takes it out of the flow counts. Answers { retracted }. */
export const retractAfterSql = (p: Model & { to: Day; recordedAt: Date }): Sql => sql`
  WITH retracted AS (
    UPDATE stage_transition t SET retracted_at = ${p.recordedAt}::timestamptz
    FROM walker w
    WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.customer_id = w.customer_id
      AND t.effective_on > ${p.to}::date AND t.retracted_at IS NULL
    RETURNING t.customer_id, t.effective_on, t.from_stage, t.to_stage
  ),
  flows AS (
    INSERT INTO stage_flow AS f (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
    SELECT ${p.workspaceId}::int, ${p.modelId}::int, (customer_id >> ${raw(String(SHARD_BITS))})::int, effective_on,
      coalesce(from_stage, ''), to_stage, -count(*)::int
    FROM retracted GROUP BY 3, 4, 5, 6 ORDER BY 3, 4, 5, 6
    ON CONFLICT (workspace_id, model_id, shard, day, from_stage, to_stage) DO UPDATE SET moves = f.moves + EXCLUDED.moves
  )
  SELECT count(*)::int AS retracted FROM retracted`;

/** Writes where the walkers arrived into the present stage, differences alone. */
export const arriveSql = (p: Model): Sql => sql`
  INSERT INTO customer_stage AS s (workspace_id, customer_id, model_id, stage, since_on, due_on)
  SELECT ${p.workspaceId}::int, w.customer_id, ${p.modelId}::int, w.stage,
    (SELECT max(t.effective_on) FROM stage_transition t
      WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.customer_id = w.customer_id
        AND t.retracted_at IS NULL),
    w.due_on
  FROM walker w WHERE w.stage IS NOT NULL
  ORDER BY w.customer_id
  ON CONFLICT (workspace_id, customer_id, model_id) DO UPDATE SET
    stage = EXCLUDED.stage, since_on = EXCLUDED.since_on, due_on = EXCLUDED.due_on`;

/** Removes the present stage of walkers that do not exist as of the last day. */
export const vanishSql = (p: Model): Sql => sql`
  DELETE FROM customer_stage s USING walker w
  WHERE s.workspace_id = ${p.workspaceId} AND s.model_id = ${p.modelId} AND s.customer_id = w.customer_id AND w.stage IS NULL`;
