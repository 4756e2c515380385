import { sql } from "@/lib/platform/db";

/**
 * Takes the slot and records its run in one statement: both rows or none. The run's number is drawn before it exists,
 * so that a slot somebody else holds leaves no run behind; the foreign key is checked at the end of the statement.
 */
export const startSlotRunSql = (p: { workspaceId: number; job: string; slotAt: Date; now: Date }) => sql`
  WITH slot AS (
    INSERT INTO schedule_slot (workspace_id, job, slot_at, run_id)
    VALUES (${p.workspaceId}, ${p.job}, ${p.slotAt}, nextval(pg_get_serial_sequence('run', 'id')))
    ON CONFLICT DO NOTHING
    RETURNING run_id
  )
  INSERT INTO run (id, workspace_id, kind, state, started_at, heartbeat_at) OVERRIDING SYSTEM VALUE
  SELECT run_id, ${p.workspaceId}, ${p.job}, 'running', ${p.now}, ${p.now} FROM slot
  RETURNING id AS "runId", attempt`;
