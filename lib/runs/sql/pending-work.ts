import type { Day } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";

/** For each workspace as of its own day: does its inbox, or do its stages wait for a worker? */
export const pendingWorkSql = (workspaces: readonly { id: number; asOf: Day }[]) => sql`
  SELECT w.id AS "workspaceId",
    EXISTS (SELECT FROM event_inbox i WHERE i.workspace_id = w.id) AS inbox,
    -- a change on a day the workspace has not reached yet waits for that day
    EXISTS (SELECT FROM customer_dirty d WHERE d.workspace_id = w.id AND d.day <= w.as_of)
      OR EXISTS (SELECT FROM stage_model m WHERE m.workspace_id = w.id
                 AND (m.settled_on IS NULL OR m.settled_on < w.as_of)) AS stages
  FROM unnest(${workspaces.map((w) => w.id)}::int[], ${workspaces.map((w) => w.asOf)}::date[]) AS w (id, as_of)
  ORDER BY w.id`;
