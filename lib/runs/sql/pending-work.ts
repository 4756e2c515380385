import type { Day } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";

/** Does the workspace's inbox, or do its stages as of its own day wait for a worker? */
export const pendingWorkSql = (p: { workspaceId: number; asOf: Day }) => sql`
  SELECT
    EXISTS (SELECT FROM event_inbox WHERE workspace_id = ${p.workspaceId}) AS inbox,
    -- a change on a day the workspace has not reached yet waits for that day
    EXISTS (SELECT FROM customer_dirty WHERE workspace_id = ${p.workspaceId} AND day <= ${p.asOf}::date)
      OR EXISTS (SELECT FROM stage_model m WHERE m.workspace_id = ${p.workspaceId}
                 AND (m.settled_on IS NULL OR m.settled_on < ${p.asOf}::date
                   -- or another version decides than the one everybody was judged by
                   OR m.settled_version IS DISTINCT FROM (
                     SELECT v.version FROM stage_model_version v
                     WHERE v.workspace_id = m.workspace_id AND v.model_id = m.id AND v.state IN ('published', 'retired')
                       AND (v.effective_on IS NULL OR v.effective_on <= ${p.asOf}::date)
                     ORDER BY v.effective_on DESC NULLS LAST, v.version DESC LIMIT 1))) AS stages`;
