import { type Db, sql } from "@/lib/platform/db";
import { forgetStages } from "@/lib/stages/forget";
import { lockShards, shardOf } from "@/lib/stages/shard";
import { type Node, survivorOf } from "./linking";
import { rebuildDays } from "./rebuild";
import { moveHistory } from "./sql/move-history";

/**
 * Lets survivors absorb these customers: their ids, events and traits count for the survivor from now on and always
 * did. Nothing is lost that an unmerge needs: identity, event and customer_trait keep the customer they came in under
 * (home_customer_id), customer.merged_into says who absorbed whom. Days of both are rebuilt from events, the absorbed
 * one's stages are retracted, both are dirty from its first day on. Runs in the drain's transaction, under its lock.
 */
export async function mergeCustomers(
  db: Db,
  p: { workspaceId: number; merged: readonly Node[]; timeZone: string; now: Date },
): Promise<void> {
  // One created in this very batch has no history yet; its row and ids were written as merged.
  const losers = p.merged
    .map((node) => ({
      id: node.customerId!,
      into: node.into!.customerId!,
      survivor: survivorOf(node).customerId!,
      by: node.mergedBy,
      isStored: node.createdAt === null,
    }))
    .filter((loser) => loser.isStored)
    .sort((a, b) => a.id - b.id);
  if (losers.length === 0) return;
  const ids = losers.map((loser) => loser.id);
  const survivors = losers.map((loser) => loser.survivor);
  const by = losers.map((loser) => loser.by);

  // A recompute under way read the losers' days before they move: it commits first, and is then taken back here.
  await lockShards(db, p.workspaceId, ids.map(shardOf));
  await forgetStages(db, { workspaceId: p.workspaceId, customerIds: ids, now: p.now });
  await db.query(sql`
    UPDATE identity SET customer_id = pair.survivor, joined_by = coalesce(pair.by, joined_by)
    FROM unnest(${ids}::bigint[], ${survivors}::bigint[], ${by}::int[]) AS pair (loser, survivor, by)
    WHERE identity.workspace_id = ${p.workspaceId} AND identity.customer_id = pair.loser`);
  await db.query(sql`
    UPDATE customer SET merged_into = pair.absorber, merged_by = pair.by
    FROM unnest(${ids}::bigint[], ${losers.map((loser) => loser.into)}::bigint[], ${by}::int[])
      AS pair (loser, absorber, by)
    WHERE customer.workspace_id = ${p.workspaceId} AND customer.customer_id = pair.loser`);
  await moveHistory(db, { workspaceId: p.workspaceId, losers: ids, survivors });
  await rebuildDays(db, {
    workspaceId: p.workspaceId,
    customerIds: [...ids, ...survivors],
    timeZone: p.timeZone,
  });
}
