import type { Day } from "@/lib/platform/day";
import { raw, type Sql, sql } from "@/lib/platform/db";
import { SHARD_BITS, shardRange } from "../shard";

const shard = raw(`(customer_id >> ${SHARD_BITS})::int`);

/**
 * Shards with work as of the day, in order: somebody's facts changed, or somebody's time has come. Rows { shard, waiting },
 * where `waiting` counts marks, at least one a customer.
 */
export const dirtyShardsSql = (p: { workspaceId: number; asOf: Day }): Sql => sql`
  SELECT ${shard} AS shard, count(*) AS waiting FROM (
    SELECT customer_id FROM customer_dirty WHERE workspace_id = ${p.workspaceId} AND day <= ${p.asOf}::date
    UNION ALL
    SELECT customer_id FROM customer_stage WHERE workspace_id = ${p.workspaceId} AND due_on <= ${p.asOf}::date
  ) waiting
  GROUP BY 1 ORDER BY 1`;

/** Shards that hold customers at all, in order. Rows { shard }. */
export const allShardsSql = (p: { workspaceId: number }): Sql => sql`
  SELECT DISTINCT ${shard} AS shard
  FROM customer WHERE workspace_id = ${p.workspaceId} ORDER BY shard`;

/**
 * Takes the dirty marks of these shards up to the day (deleting is the claim: a mark this snapshot does not see stays) and adds
 * customers whose time has come; `shards` ascend. Marks of later days wait until the clock gets there. Rows { customerId, fromOn }.
 */
export function claimSql(p: { workspaceId: number; asOf: Day; shards: readonly number[] }): Sql {
  const [from] = shardRange(p.shards[0]!);
  const [, to] = shardRange(p.shards.at(-1)!);
  const theirs = sql`workspace_id = ${p.workspaceId} AND customer_id >= ${from}::bigint AND customer_id < ${to}::bigint
    AND ${shard} = ANY(${p.shards}::int[])`;
  return sql`
  WITH claimed AS (
    DELETE FROM customer_dirty WHERE ${theirs} AND day <= ${p.asOf}::date
    RETURNING customer_id, day
  )
  SELECT customer_id AS "customerId", min(day) AS "fromOn" FROM (
    SELECT customer_id, day FROM claimed
    UNION ALL
    SELECT customer_id, due_on FROM customer_stage WHERE ${theirs} AND due_on <= ${p.asOf}::date
  ) waiting
  GROUP BY customer_id ORDER BY customer_id`;
}
