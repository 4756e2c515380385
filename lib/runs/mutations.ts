import type { Counts } from "@/lib/jobs/contracts";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { LEASE_MS, MAX_ATTEMPTS, type RunClaim, runClaim, type SlotJob } from "./schema";
import { startSlotRunSql } from "./sql/start-slot-run";

interface Slot {
  workspaceId: number;
  job: SlotJob;
  slotAt: Date;
  now: Date;
}

/** Takes a slot nobody has taken and starts its run, or answers null. Of any number of callers one gets it. */
export const startSlotRun = (db: Db, p: Slot): Promise<RunClaim | null> =>
  findRow(db, runClaim, startSlotRunSql(p));

/**
 * Continues the run of a taken slot whose worker fell silent or failed, under the next attempt; null when it is alive,
 * over, or out of attempts.
 */
export const takeOverSlotRun = (db: Db, p: Slot): Promise<RunClaim | null> =>
  findRow(
    db,
    runClaim,
    sql`UPDATE run r SET attempt = r.attempt + 1, state = 'running', error = NULL, finished_at = NULL,
          heartbeat_at = ${p.now}
        FROM schedule_slot s
        WHERE s.workspace_id = ${p.workspaceId} AND s.job = ${p.job} AND s.slot_at = ${p.slotAt} AND r.id = s.run_id
          AND r.state IN ('running', 'failed') AND r.attempt < ${MAX_ATTEMPTS}
          AND r.heartbeat_at < ${new Date(p.now.getTime() - LEASE_MS)}
        RETURNING r.id AS "runId", r.attempt`,
  );

/** Shows that a run is alive and how far it is. False when another worker has taken it over. */
export const touchRun = (db: Db, claim: RunClaim, p: { counts: Counts; now: Date }): Promise<boolean> =>
  changeRun(db, claim, sql`counts = ${p.counts}::jsonb, heartbeat_at = ${p.now}`);

/** Ends a run with what it did. False when another worker has taken it over. */
export const finishRun = (db: Db, claim: RunClaim, p: { counts: Counts; now: Date }): Promise<boolean> =>
  changeRun(
    db,
    claim,
    sql`state = 'succeeded', counts = ${p.counts}::jsonb, heartbeat_at = ${p.now}, finished_at = ${p.now}`,
  );

/** Ends a run with its error; it may be taken over when its lease is over. False when it has been already. */
export const failRun = (db: Db, claim: RunClaim, p: { error: string; now: Date }): Promise<boolean> =>
  changeRun(
    db,
    claim,
    sql`state = 'failed', error = ${p.error}, heartbeat_at = ${p.now}, finished_at = ${p.now}`,
  );

/** Parks slot runs of a workspace whose last attempt fell silent. Answers how many. */
export async function parkStoppedRuns(
  db: Db,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<number> {
  const { rowCount } = await db.query(
    sql`UPDATE run r SET state = 'failed', finished_at = ${now},
          error = ${`Stopped ${MAX_ATTEMPTS} times without an outcome; the worker's log says why`}
        FROM schedule_slot s
        WHERE s.workspace_id = ${workspaceId} AND s.run_id = r.id AND r.state = 'running' AND r.attempt >= ${MAX_ATTEMPTS}
          AND r.heartbeat_at < ${new Date(now.getTime() - LEASE_MS)}`,
  );
  return rowCount ?? 0;
}

async function changeRun(db: Db, claim: RunClaim, change: ReturnType<typeof sql>): Promise<boolean> {
  const { rowCount } = await db.query(
    sql`UPDATE run SET ${change} WHERE id = ${claim.runId} AND attempt = ${claim.attempt} AND state = 'running'`,
  );
  return rowCount === 1;
}
