import { type Db, raw, sql } from "@/lib/platform/db";

interface Scope {
  workspaceId: number;
  customerIds: readonly number[];
}

/** Deletes the events of one source that these customers have, with what they said of them, and marks the days they were on. */
export const deleteSourceEvents = (db: Db, p: Scope & { sourceId: number; timeZone: string }) =>
  db.query<{ events: number }>(sql`
    WITH gone AS (
      DELETE FROM event WHERE workspace_id = ${p.workspaceId} AND customer_id = ANY(${[...p.customerIds]}::bigint[])
        AND source_id = ${p.sourceId}
      RETURNING customer_id, message_id, occurred_at
    ), traits AS (
      DELETE FROM customer_trait t USING gone
      WHERE t.workspace_id = ${p.workspaceId} AND t.customer_id = gone.customer_id AND t.message_id = gone.message_id
    ), marked AS (
      INSERT INTO customer_dirty (workspace_id, customer_id, day)
      SELECT ${p.workspaceId}::int, customer_id, (min(occurred_at) AT TIME ZONE ${p.timeZone}::text)::date
      FROM gone GROUP BY customer_id ORDER BY customer_id
    )
    SELECT count(*) AS events FROM gone`);

/**
 * Gives events and traits back to the customers they came in under: `roots` says for each home where it belongs now.
 * Both sides are marked from the first day that moves.
 */
export async function returnHistory(
  db: Db,
  p: {
    workspaceId: number;
    timeZone: string;
    homes: readonly number[];
    holders: readonly number[];
    roots: readonly number[];
  },
): Promise<void> {
  const ws = sql`${p.workspaceId}::int`;
  const pairs = sql`unnest(${p.homes}::bigint[], ${p.holders}::bigint[], ${p.roots}::bigint[]) AS pair (home, holder, root)`;
  const isTheirs = (table: string) => sql`${raw(table)}.workspace_id = ${ws}`;
  await db.query(sql`
    WITH moved AS (
      DELETE FROM event USING ${pairs}
      WHERE ${isTheirs("event")} AND event.customer_id = pair.holder AND event.home_customer_id = pair.home
      RETURNING event.*, pair.root, pair.holder
    ), marked AS (
      INSERT INTO customer_dirty (workspace_id, customer_id, day)
      SELECT ${ws}, side.customer_id, (min(occurred_at) AT TIME ZONE ${p.timeZone}::text)::date
      FROM moved CROSS JOIN LATERAL (VALUES (root), (holder)) AS side (customer_id)
      GROUP BY side.customer_id ORDER BY side.customer_id
    )
    INSERT INTO event (workspace_id, customer_id, message_id, home_customer_id, source_id, kind, occurred_at, amount, props)
    SELECT workspace_id, root, message_id, nullif(home_customer_id, root), source_id, kind, occurred_at, amount, props
    FROM moved ORDER BY root, message_id`);
  await db.query(sql`
    WITH moved AS (
      DELETE FROM customer_trait USING ${pairs}
      WHERE ${isTheirs("customer_trait")} AND customer_trait.customer_id = pair.holder
        AND customer_trait.home_customer_id = pair.home
      RETURNING customer_trait.*, pair.root
    )
    INSERT INTO customer_trait (workspace_id, customer_id, key, set_at, message_id, home_customer_id, value)
    SELECT workspace_id, root, key, set_at, message_id, nullif(home_customer_id, root), value
    FROM moved ORDER BY root, key, set_at, message_id`);
}

/** Shows customers whose display id is theirs no longer by the best they have: user, external, anonymous; the earliest. */
export const renameShown = (db: Db, p: Scope) =>
  db.query(sql`
    UPDATE customer c SET display_key = best.value
    FROM (
      SELECT DISTINCT ON (customer_id) customer_id, value FROM identity
      WHERE workspace_id = ${p.workspaceId} AND customer_id = ANY(${[...p.customerIds]}::bigint[])
      ORDER BY customer_id, CASE kind WHEN 'user' THEN 0 WHEN 'anonymous' THEN 2 ELSE 1 END, created_at, kind, value
    ) best
    WHERE c.workspace_id = ${p.workspaceId} AND c.customer_id = best.customer_id
      AND NOT EXISTS (SELECT FROM identity i WHERE i.workspace_id = c.workspace_id AND i.customer_id = c.customer_id
        AND i.value = c.display_key)`);

/** Those of the customers that have no event and no id but what imports brought: nothing of them is left. */
export const findEmptied = (p: Scope) => sql`
  SELECT asked.customer_id AS "customerId" FROM unnest(${[...p.customerIds]}::bigint[]) AS asked (customer_id)
  WHERE NOT EXISTS (SELECT FROM event e WHERE e.workspace_id = ${p.workspaceId} AND e.customer_id = asked.customer_id)
    AND NOT EXISTS (SELECT FROM identity i WHERE i.workspace_id = ${p.workspaceId} AND i.customer_id = asked.customer_id
      AND i.brought_by IS NULL)
    AND NOT EXISTS (SELECT FROM customer c WHERE c.workspace_id = ${p.workspaceId} AND c.customer_id = asked.customer_id
      AND c.tied_to <> '{}')`;

/** Everybody an import had a part in: by an event, an id it brought or moved, or a merge. */
export const touchedBySource = (p: { workspaceId: number; sourceId: number }) => sql`
  SELECT DISTINCT customer_id AS "customerId" FROM (
    SELECT customer_id FROM event WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId}
    UNION ALL
    SELECT customer_id FROM identity WHERE workspace_id = ${p.workspaceId} AND brought_by = ${p.sourceId}
    UNION ALL
    SELECT i.customer_id FROM customer c
      JOIN identity i ON i.workspace_id = c.workspace_id AND i.home_customer_id = c.customer_id
      WHERE c.workspace_id = ${p.workspaceId} AND c.merged_by = ${p.sourceId} AND i.joined_by = ${p.sourceId}
  ) touched ORDER BY 1`;
