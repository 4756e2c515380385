import { type Db, raw, sql } from "@/lib/platform/db";
import { lockShards, SHARD_BITS, shardOf } from "./shard";

/**
 * Takes customers that are no longer (merged into another) out of the stages: their part of the log is retracted and
 * leaves the flow counts, their present stage and metrics go. Waits for a recompute of their shards: it would write them back.
 */
export async function forgetStages(
  db: Db,
  p: { workspaceId: number; customerIds: readonly number[]; now: Date },
): Promise<void> {
  await lockShards(db, p.workspaceId, p.customerIds.map(shardOf));
  const gone = sql`workspace_id = ${p.workspaceId} AND customer_id = ANY(${[...p.customerIds]}::bigint[])`;
  await db.query(sql`
    WITH retracted AS (
      UPDATE stage_transition SET retracted_at = ${p.now}::timestamptz
      WHERE ${gone} AND retracted_at IS NULL
      RETURNING model_id, customer_id, effective_on, from_stage, to_stage
    )
    INSERT INTO stage_flow AS f (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
    SELECT ${p.workspaceId}::int, model_id, (customer_id >> ${raw(String(SHARD_BITS))})::int, effective_on,
      coalesce(from_stage, ''), to_stage, -count(*)::int
    FROM retracted GROUP BY 2, 3, 4, 5, 6 ORDER BY 2, 3, 4, 5, 6
    ON CONFLICT (workspace_id, model_id, shard, day, from_stage, to_stage) DO UPDATE SET moves = f.moves + EXCLUDED.moves`);
  await db.query(sql`DELETE FROM customer_stage WHERE ${gone}`);
  await db.query(sql`DELETE FROM customer_metrics WHERE ${gone}`);
}
