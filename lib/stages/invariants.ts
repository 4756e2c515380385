import { z } from "zod";
import { KIND } from "@/lib/intake/kinds";
import { type Db, findRow, type Sql, sql } from "@/lib/platform/db";

/** One promise held against the tables: 0 violations, or what is wrong. */
export interface InvariantResult {
  id: "I1" | "I2" | "I3" | "I7" | "I13" | "flow";
  violations: number;
  detail: string;
}

const countRow = z.object({ violations: z.number() });

/** Everyone seen by the day the model is settled on has exactly one stage in every published model, and nobody else has one; customers waiting to be recomputed are not judged. */
const exactlyOneStage = (w: number): Sql => sql`
  WITH expected AS (
    SELECT m.id AS model_id, d.customer_id FROM stage_model m
    JOIN stage_model_version v ON v.workspace_id = m.workspace_id AND v.model_id = m.id AND v.state = 'published'
    JOIN (SELECT customer_id, min(day) AS first_on FROM customer_day WHERE workspace_id = ${w} GROUP BY customer_id) d
      ON d.first_on <= m.settled_on
    WHERE m.workspace_id = ${w}
  )
  SELECT count(*)::int AS violations FROM expected e
  FULL JOIN (SELECT model_id, customer_id FROM customer_stage WHERE workspace_id = ${w}) s
    ON s.model_id = e.model_id AND s.customer_id = e.customer_id
  WHERE (e.customer_id IS NULL OR s.customer_id IS NULL)
    AND NOT EXISTS (SELECT FROM customer_dirty q WHERE q.workspace_id = ${w} AND q.customer_id = coalesce(e.customer_id, s.customer_id))`;

/** The log replays to the present: its last live row is the customer's stage. */
const logReplays = (w: number): Sql => sql`
  SELECT count(*)::int AS violations
  FROM (SELECT DISTINCT ON (model_id, customer_id) model_id, customer_id, to_stage, effective_on FROM stage_transition
        WHERE workspace_id = ${w} AND retracted_at IS NULL
        ORDER BY model_id, customer_id, effective_on DESC, seq DESC) l
  FULL JOIN (SELECT * FROM customer_stage WHERE workspace_id = ${w}) s
    ON s.model_id = l.model_id AND s.customer_id = l.customer_id
  WHERE l.to_stage IS DISTINCT FROM s.stage OR l.effective_on IS DISTINCT FROM s.since_on`;

/** The log has no gap: numbers run 1..n, each live row starts where the one before it ended, and a day has one at most. */
const logIsGapless = (w: number): Sql => sql`
  SELECT (
    (SELECT count(*) FROM (SELECT FROM stage_transition WHERE workspace_id = ${w}
       GROUP BY model_id, customer_id HAVING max(seq) <> count(*) OR min(seq) <> 1) numbered)
    + (SELECT count(*) FROM (
         SELECT from_stage, lag(to_stage) OVER (PARTITION BY model_id, customer_id ORDER BY effective_on, seq) AS before
         FROM stage_transition WHERE workspace_id = ${w} AND retracted_at IS NULL) chained
       WHERE from_stage IS DISTINCT FROM before)
    + (SELECT count(*) FROM (SELECT FROM stage_transition WHERE workspace_id = ${w} AND retracted_at IS NULL
       GROUP BY model_id, customer_id, effective_on HAVING count(*) > 1) crowded)
  )::int AS violations`;

/** Every stored event is counted once: the rollup holds as many as the store, customer and day by day. */
const countedOnce = (w: number): Sql => sql`
  SELECT count(*)::int AS violations
  FROM (SELECT e.customer_id, (e.occurred_at AT TIME ZONE z.time_zone)::date AS day,
          count(*) FILTER (WHERE e.kind <> ${KIND.profile}) AS events,
          coalesce(sum(e.amount) FILTER (WHERE e.kind IN (${KIND.order}, ${KIND.refund})), 0) AS revenue
        FROM event e JOIN workspace z ON z.id = e.workspace_id
        WHERE e.workspace_id = ${w} GROUP BY 1, 2) e
  FULL JOIN (SELECT * FROM customer_day WHERE workspace_id = ${w}) d ON d.customer_id = e.customer_id AND d.day = e.day
  WHERE e.events IS DISTINCT FROM d.events OR e.revenue IS DISTINCT FROM d.revenue`;

/**
 * One run per slot: that a slot is taken once is its primary key; here, that no two slots were given one run, and that no slot
 * lies ahead of the run that took it.
 */
const oneRunPerSlot = (w: number): Sql => sql`
  SELECT (
    (SELECT count(*) FROM (SELECT FROM schedule_slot WHERE workspace_id = ${w} GROUP BY run_id HAVING count(*) > 1) shared)
    + (SELECT count(*) FROM schedule_slot s JOIN run r ON r.id = s.run_id
       WHERE s.workspace_id = ${w} AND (r.workspace_id <> s.workspace_id OR s.slot_at > r.started_at))
  )::int AS violations`;

/** The flow counts equal the live log, day by day. */
const flowsEqualLog = (w: number): Sql => sql`
  SELECT count(*)::int AS violations
  FROM (SELECT model_id, day, from_stage, to_stage, sum(moves) AS moves FROM stage_flow WHERE workspace_id = ${w}
        GROUP BY 1, 2, 3, 4 HAVING sum(moves) <> 0) f
  FULL JOIN (SELECT model_id, effective_on AS day, coalesce(from_stage, '') AS from_stage, to_stage, count(*) AS moves
             FROM stage_transition WHERE workspace_id = ${w} AND retracted_at IS NULL GROUP BY 1, 2, 3, 4) t
    USING (model_id, day, from_stage, to_stage)
  WHERE f.moves IS DISTINCT FROM t.moves`;

const checks: [InvariantResult["id"], string, (workspaceId: number) => Sql][] = [
  ["I1", "customers without exactly one stage", exactlyOneStage],
  ["I2", "customers whose log does not end in their stage", logReplays],
  ["I3", "breaks in the transition log", logIsGapless],
  ["I7", "customer days that do not count the stored events once", countedOnce],
  ["I13", "slots that ran more than once", oneRunPerSlot],
  ["flow", "flow counts that differ from the log", flowsEqualLog],
];

/** Holds a workspace's tables against every promise. Reads much: for the hourly check, after faults, and tests. */
export async function checkInvariants(db: Db, workspaceId: number): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const [id, detail, statement] of checks) {
    const row = await findRow(db, countRow, statement(workspaceId));
    results.push({ id, violations: row?.violations ?? 0, detail });
  }
  return results;
}
