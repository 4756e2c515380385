import type { Day } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";

/** Does the workspace's inbox, or do its stages as of its own day wait for a worker? */
export const pendingWorkSql = (p: { workspaceId: number; asOf: Day }) => sql`
  SELECT
    EXISTS (SELECT FROM event_inbox WHERE workspace_id = ${p.workspaceId}) AS inbox,
    -- a change on a day the workspace has not reached yet waits for that day
    EXISTS (SELECT FROM customer_dirty WHERE workspace_id = ${p.workspaceId} AND day <= ${p.asOf}::date)
      OR EXISTS (SELECT FROM stage_model WHERE workspace_id = ${p.workspaceId}
                 AND (settled_on IS NULL OR settled_on < ${p.asOf}::date)) AS stages`;
