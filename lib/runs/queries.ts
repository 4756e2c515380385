import type { Day } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import {
  type LastSlot,
  LEASE_MS,
  lastSlot,
  MAX_ATTEMPTS,
  type PendingWork,
  pendingWork,
  type StoppedSlot,
  slotJobs,
  stoppedSlot,
} from "./schema";
import { pendingWorkSql } from "./sql/pending-work";

/** What each of the workspaces has left to do as of its own local day. */
export const listPendingWork = (
  db: Db,
  workspaces: readonly { id: number; asOf: Day }[],
): Promise<PendingWork[]> => queryRows(db, pendingWork, pendingWorkSql(workspaces));

/** The newest slot every workspace took of every slot job; null for none yet. */
export const listLastSlots = (db: Db): Promise<LastSlot[]> =>
  queryRows(
    db,
    lastSlot,
    sql`SELECT w.id AS "workspaceId", j.job,
          (SELECT max(s.slot_at) FROM schedule_slot s WHERE s.workspace_id = w.id AND s.job = j.job) AS "slotAt"
        FROM workspace w CROSS JOIN unnest(${[...slotJobs]}::text[]) AS j (job)
        ORDER BY w.id, j.job`,
  );

/** Slots whose run lost its worker or failed, and may be tried again: silent for longer than the lease. */
export const listStoppedSlots = (db: Db, now: Date): Promise<StoppedSlot[]> =>
  queryRows(
    db,
    stoppedSlot,
    sql`SELECT s.workspace_id AS "workspaceId", s.job, s.slot_at AS "slotAt"
        FROM run r JOIN schedule_slot s ON s.run_id = r.id
        WHERE r.state IN ('running', 'failed') AND r.attempt < ${MAX_ATTEMPTS}
          AND r.heartbeat_at < ${new Date(now.getTime() - LEASE_MS)}
        ORDER BY s.slot_at`,
  );
