import type { Day } from "@/lib/platform/day";
import { type Db, findRow, queryRows, sql } from "@/lib/platform/db";
import {
  type LastSlot,
  LEASE_MS,
  lastSlot,
  type PendingWork,
  pendingWork,
  requestedJobs,
  type StoppedSlot,
  slotJobs,
  stoppedSlot,
  type WaitingRun,
  waitingRun,
} from "./schema";
import { pendingWorkSql } from "./sql/pending-work";

/** What the workspace has left to do as of its own local day. */
export const findPendingWork = (db: Db, p: { workspaceId: number; asOf: Day }): Promise<PendingWork | null> =>
  findRow(db, pendingWork, pendingWorkSql(p));

/** The newest slot the workspace took of every slot job; null for none yet. */
export const listLastSlots = (db: Db, workspaceId: number): Promise<LastSlot[]> =>
  queryRows(
    db,
    lastSlot,
    sql`SELECT j.job,
          (SELECT max(s.slot_at) FROM schedule_slot s WHERE s.workspace_id = ${workspaceId} AND s.job = j.job) AS "slotAt"
        FROM unnest(${[...slotJobs]}::text[]) AS j (job)
        ORDER BY j.job`,
  );

/** Slots whose run lost its worker or failed, and may be tried again: silent for longer than the lease. */
export const listStoppedSlots = (db: Db, p: { workspaceId: number; now: Date }): Promise<StoppedSlot[]> =>
  queryRows(
    db,
    stoppedSlot,
    sql`SELECT s.job, s.slot_at AS "slotAt"
        FROM run r JOIN schedule_slot s ON s.run_id = r.id
        WHERE s.workspace_id = ${p.workspaceId} AND r.state IN ('running', 'failed') AND r.attempt < r.max_attempt
          AND r.heartbeat_at < ${new Date(p.now.getTime() - LEASE_MS)}
        ORDER BY s.slot_at`,
  );

/** Runs people asked for that nobody works on: not begun, or silent for longer than the lease. */
export const listWaitingRuns = (db: Db, p: { workspaceId: number; now: Date }): Promise<WaitingRun[]> =>
  queryRows(
    db,
    waitingRun,
    sql`SELECT kind AS job, id AS "runId" FROM run
        WHERE workspace_id = ${p.workspaceId} AND kind = ANY(${[...requestedJobs]}::text[])
          AND state IN ('running', 'failed') AND attempt < max_attempt
          AND heartbeat_at < ${new Date(p.now.getTime() - LEASE_MS)}
        ORDER BY id`,
  );
