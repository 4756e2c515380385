import { z } from "zod";
import { type Db, queryRows, sql } from "@/lib/platform/db";

/**
 * Customers that moved in the local days (since, asOf], counted by the stage before their first move ('' = was not there
 * yet) and after their last. Live rows form a chain, so the period alone tells both ends; who came back counts as moved.
 */
export function countMoves(
  db: Db,
  p: { workspaceId: number; modelId: number; since: string; asOf: string },
): Promise<{ from: string; to: string; customers: number }[]> {
  return queryRows(
    db,
    z.object({ from: z.string(), to: z.string(), customers: z.number() }),
    sql`SELECT coalesce(first, '') AS "from", last AS "to", count(*)::int AS customers
        FROM (
          SELECT (array_agg(from_stage ORDER BY effective_on, seq))[1] AS first,
            (array_agg(to_stage ORDER BY effective_on DESC, seq DESC))[1] AS last
          FROM stage_transition
          WHERE workspace_id = ${p.workspaceId} AND model_id = ${p.modelId} AND retracted_at IS NULL
            AND effective_on > ${p.since}::date AND effective_on <= ${p.asOf}::date
          GROUP BY customer_id
        ) moved
        GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}
