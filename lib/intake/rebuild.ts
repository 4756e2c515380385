import { type Db, sql } from "@/lib/platform/db";
import { addDayKinds, addDays, dayTotals } from "./sql/day-totals";

/**
 * Recomputes customer_day and customer_day_kind of these customers from their events, in the given zone. First and
 * last instants and largest orders do not invert, so what was deleted or moved is never subtracted. Runs inside the
 * caller's transaction; the caller marks the customers dirty.
 */
export async function rebuildDays(
  db: Db,
  p: { workspaceId: number; customerIds: readonly number[]; timeZone: string },
): Promise<void> {
  if (p.customerIds.length === 0) return;
  const ids = [...new Set(p.customerIds)].sort((a, b) => a - b);
  const theirs = sql`workspace_id = ${p.workspaceId} AND customer_id = ANY(${ids}::bigint[])`;
  await db.query(sql`DELETE FROM customer_day WHERE ${theirs}`);
  await db.query(sql`DELETE FROM customer_day_kind WHERE ${theirs}`);
  const events = sql`event WHERE ${theirs}`;
  await db.query(sql`
    WITH total AS (${dayTotals(events, p.timeZone)})
    ${addDays(p.workspaceId, sql`total`)}`);
  const found = sql`(SELECT customer_id, occurred_at, kind, amount FROM ${events}) AS found`;
  await db.query(addDayKinds(p.workspaceId, found, p.timeZone));
}
