import type { Day } from "@/lib/platform/day";
import { raw, type Sql, sql } from "@/lib/platform/db";
import { SHARD_BITS } from "../shard";

/** Shards with work as of the day: somebody's facts changed, or somebody's time has come. Rows { shard }. */
export const dirtyShardsSql = (p: { workspaceId: number; asOf: Day }): Sql => sql`
  SELECT DISTINCT (customer_id >> ${raw(String(SHARD_BITS))})::int AS shard FROM (
    SELECT customer_id FROM customer_dirty WHERE workspace_id = ${p.workspaceId} AND day <= ${p.asOf}::date
    UNION ALL
    SELECT customer_id FROM customer_stage WHERE workspace_id = ${p.workspaceId} AND due_on <= ${p.asOf}::date
  ) waiting
  ORDER BY shard`;

/** Shards that hold customers at all. Rows { shard }. */
export const allShardsSql = (p: { workspaceId: number }): Sql => sql`
  SELECT DISTINCT (customer_id >> ${raw(String(SHARD_BITS))})::int AS shard
  FROM customer WHERE workspace_id = ${p.workspaceId} ORDER BY shard`;

/**
 * Takes the shard's dirty marks up to the day (deleting is the claim: a mark this snapshot does not see stays) and adds
 * customers whose time has come. Marks of later days wait until the clock gets there. Rows { customerId, fromOn }.
 */
export const claimSql = (p: { workspaceId: number; asOf: Day; from: number; to: number }): Sql => sql`
  WITH claimed AS (
    DELETE FROM customer_dirty
    WHERE workspace_id = ${p.workspaceId} AND customer_id >= ${p.from}::bigint AND customer_id < ${p.to}::bigint
      AND day <= ${p.asOf}::date
    RETURNING customer_id, day
  )
  SELECT customer_id AS "customerId", min(day) AS "fromOn" FROM (
    SELECT customer_id, day FROM claimed
    UNION ALL
    SELECT customer_id, due_on FROM customer_stage
    WHERE workspace_id = ${p.workspaceId} AND customer_id >= ${p.from}::bigint AND customer_id < ${p.to}::bigint
      AND due_on <= ${p.asOf}::date
  ) waiting
  GROUP BY customer_id ORDER BY customer_id`;
