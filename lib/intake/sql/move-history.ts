import { type Db, sql } from "@/lib/platform/db";

/**
 * Moves events, traits and tags of each loser to its survivor, and marks both dirty from the loser's first day.
 * Deleted and inserted, not updated: the customer is the key rows are placed by. Should both have the same message
 * (a sender that resent it under another id before the two were joined), the survivor's copy stays: it counts once.
 */
export async function moveHistory(
  db: Db,
  p: { workspaceId: number; losers: readonly number[]; survivors: readonly number[] },
): Promise<void> {
  const ws = sql`${p.workspaceId}::int`;
  const pairs = sql`unnest(${p.losers}::bigint[], ${p.survivors}::bigint[]) AS pair (loser, survivor)`;
  await db.query(sql`
    INSERT INTO customer_dirty (workspace_id, customer_id, day)
    SELECT ${ws}, customer_id, min(day)
    FROM (
      SELECT pair.loser, pair.survivor, d.day FROM ${pairs}
      CROSS JOIN LATERAL (
        SELECT day FROM customer_day WHERE workspace_id = ${ws} AND customer_id = pair.loser ORDER BY day LIMIT 1) d
    ) first CROSS JOIN LATERAL (VALUES (loser), (survivor)) AS touched (customer_id)
    GROUP BY customer_id ORDER BY customer_id`);
  await db.query(sql`
    WITH moved AS (
      DELETE FROM event USING ${pairs}
      WHERE event.workspace_id = ${ws} AND event.customer_id = pair.loser
      RETURNING event.*, pair.survivor
    )
    INSERT INTO event (workspace_id, customer_id, message_id, home_customer_id, source_id, kind, occurred_at, amount, props)
    SELECT workspace_id, survivor, message_id, coalesce(home_customer_id, customer_id), source_id, kind, occurred_at,
      amount, props
    FROM moved ORDER BY survivor, message_id, customer_id
    ON CONFLICT (workspace_id, customer_id, message_id) DO NOTHING`);
  await db.query(sql`
    WITH moved AS (
      DELETE FROM customer_trait USING ${pairs}
      WHERE customer_trait.workspace_id = ${ws} AND customer_trait.customer_id = pair.loser
      RETURNING customer_trait.*, pair.survivor
    )
    INSERT INTO customer_trait (workspace_id, customer_id, key, set_at, message_id, home_customer_id, value)
    SELECT workspace_id, survivor, key, set_at, message_id, coalesce(home_customer_id, customer_id), value
    FROM moved ORDER BY survivor, key, set_at, message_id, customer_id
    ON CONFLICT (workspace_id, customer_id, key, set_at, message_id) DO NOTHING`);
  await db.query(sql`
    WITH moved AS (
      DELETE FROM customer_tag USING ${pairs}
      WHERE customer_tag.workspace_id = ${ws} AND customer_tag.customer_id = pair.loser
      RETURNING customer_tag.*, pair.survivor
    )
    INSERT INTO customer_tag (workspace_id, customer_id, tag_id, act, added_at, home_customer_id)
    SELECT DISTINCT ON (survivor, tag_id) workspace_id, survivor, tag_id, act, added_at,
      coalesce(home_customer_id, customer_id)
    FROM moved WHERE removed_at IS NULL ORDER BY survivor, tag_id, added_at, customer_id
    ON CONFLICT (workspace_id, customer_id, tag_id) DO UPDATE SET act = EXCLUDED.act, added_at = EXCLUDED.added_at,
      removed_act = NULL, removed_at = NULL, home_customer_id = EXCLUDED.home_customer_id
    WHERE customer_tag.removed_at IS NOT NULL`);
}
