import { z } from "zod";
import type { Counts } from "@/lib/jobs/contracts";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { LEASE_MS, type RequestedJob, type RunClaim, requestedJobs, runClaim, type SlotJob } from "./schema";
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
          AND r.state IN ('running', 'failed') AND r.attempt < r.max_attempt
          AND r.heartbeat_at < ${new Date(p.now.getTime() - LEASE_MS)}
        RETURNING r.id AS "runId", r.attempt`,
  );

const idRow = z.object({ id: z.number().int() });

/** Records what a person asked for; nobody works on it yet, and the reconciler finds it if the bell is not heard. */
export async function requestRun(
  db: Db,
  p: { workspaceId: number; job: RequestedJob; input: object; requestedBy: string; now: Date },
): Promise<number> {
  const created = await findRow(
    db,
    idRow,
    sql`INSERT INTO run (workspace_id, kind, state, attempt, started_at, heartbeat_at, requested_by, input)
        VALUES (${p.workspaceId}, ${p.job}, 'running', 0, ${p.now}, ${new Date(p.now.getTime() - LEASE_MS - 1)},
          ${p.requestedBy}, ${JSON.stringify(p.input)}::jsonb)
        RETURNING id`,
  );
  return created!.id;
}

const requestedClaim = runClaim.extend({ input: z.unknown(), requestedBy: z.string() });

/** Takes a run a person asked for, new or abandoned, under the next attempt; null when somebody is at it or it is over. */
export const takeRequestedRun = (
  db: Db,
  p: { workspaceId: number; runId: number; job: RequestedJob; now: Date },
): Promise<z.infer<typeof requestedClaim> | null> =>
  findRow(
    db,
    requestedClaim,
    sql`UPDATE run SET attempt = attempt + 1, state = 'running', error = NULL, finished_at = NULL, heartbeat_at = ${p.now}
        WHERE workspace_id = ${p.workspaceId} AND id = ${p.runId} AND kind = ${p.job}
          AND state IN ('running', 'failed') AND attempt < max_attempt
          AND heartbeat_at < ${new Date(p.now.getTime() - LEASE_MS)}
        RETURNING id AS "runId", attempt, input, requested_by AS "requestedBy"`,
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

/** Parks runs of a workspace whose last attempt fell silent. Answers how many. */
export async function parkStoppedRuns(
  db: Db,
  { workspaceId, now }: { workspaceId: number; now: Date },
): Promise<number> {
  const { rowCount } = await db.query(
    sql`UPDATE run r SET state = 'failed', finished_at = ${now},
          error = 'Stopped ' || r.attempt || ' times without an outcome; the worker''s log says why'
        WHERE r.workspace_id = ${workspaceId} AND r.state = 'running' AND r.attempt >= r.max_attempt
          AND r.heartbeat_at < ${new Date(now.getTime() - LEASE_MS)}
          AND (r.kind = ANY(${[...requestedJobs]}::text[])
            OR EXISTS (SELECT FROM schedule_slot s WHERE s.workspace_id = ${workspaceId} AND s.run_id = r.id))`,
  );
  return rowCount ?? 0;
}

async function changeRun(db: Db, claim: RunClaim, change: ReturnType<typeof sql>): Promise<boolean> {
  const { rowCount } = await db.query(
    sql`UPDATE run SET ${change} WHERE id = ${claim.runId} AND attempt = ${claim.attempt} AND state = 'running'`,
  );
  return rowCount === 1;
}
