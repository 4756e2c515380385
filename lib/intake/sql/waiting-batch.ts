import { z } from "zod";
import { type Db, queryRows, type Sql, sql } from "@/lib/platform/db";

/** A combination of ids some rows of the batch carry, and when the first of them was received. */
export const mentionRow = z.object({
  user: z.string().nullable(),
  anonymous: z.string().nullable(),
  previous: z.string().nullable(),
  external: z.array(z.tuple([z.string(), z.string()])).nullable(),
  source: z.number(),
  /** As Postgres writes it, to the microsecond. */
  receivedAt: z.string(),
});
export type MentionRow = z.infer<typeof mentionRow>;

const batchRow = z.object({
  rows: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The batch itself, as an int8multirange: a row that commits later is in no range, even with a number in between. */
  ranges: z.string().nullable(),
  unsettled: z.array(mentionRow),
});

export interface WaitingBatch {
  rows: number;
  low: number;
  high: number;
  ranges: string;
  unsettled: MentionRow[];
}

/**
 * The next `limit` rows of the inbox in the order of acceptance, and among them every distinct combination of ids that
 * is unsettled: an id nobody has, ids of different customers of whom one is still anonymous, an alias, or an id that
 * so far rests on an import alone and is named by another source. All others
 * cost two index look-ups each and never leave the database. Null when nothing waits.
 */
export async function findWaitingBatch(
  db: Db,
  p: { workspaceId: number; limit: number },
): Promise<WaitingBatch | null> {
  const ws = sql`${p.workspaceId}::int`;
  // OFFSET 0 and LIMIT 1 keep each look-up a probe of an index, whatever the planner believes about table sizes.
  const owner = (kind: Sql, value: Sql) => sql`(
    SELECT customer_id, CASE WHEN NOT used_since THEN coalesce(joined_by, brought_by) END AS rests_on
    FROM identity WHERE workspace_id = ${ws} AND kind = ${kind} AND value = ${value} OFFSET 0)`;
  // One known by a file alone counts as anonymous: whether that mattered is for the decision to say (linking.ts).
  const isAnonymous = (customer: Sql) => sql`(
    SELECT true FROM identity WHERE workspace_id = ${ws} AND customer_id = ${customer} AND kind = 'user'
      AND brought_by IS NULL LIMIT 1) IS NULL`;
  // Not coalesce: below row-level security only plain columns and CASE are keys of an index.
  const strongest = sql`CASE WHEN u.customer_id IS NOT NULL THEN u.customer_id ELSE a.customer_id END`;
  const found = await queryRows(
    db,
    batchRow,
    sql`
    WITH batch AS MATERIALIZED (
      SELECT seq, source_id, user_key, anonymous_key, previous_key, external_keys
      FROM event_inbox WHERE workspace_id = ${ws} ORDER BY seq LIMIT ${p.limit}
    ), mention AS (
      SELECT min(seq) AS seq, source_id, user_key, anonymous_key, previous_key, external_keys
      FROM batch GROUP BY source_id, user_key, anonymous_key, previous_key, external_keys
    ), unsettled AS (
      SELECT mention.*
      FROM mention
      LEFT JOIN LATERAL ${owner(sql`'user'`, sql`user_key`)} u ON true
      LEFT JOIN LATERAL ${owner(sql`'anonymous'`, sql`anonymous_key`)} a ON true
      WHERE (user_key IS NOT NULL AND u.customer_id IS NULL)
        OR (anonymous_key IS NOT NULL AND a.customer_id IS NULL)
        OR CASE WHEN u.customer_id <> a.customer_id THEN ${isAnonymous(sql`a.customer_id`)} END
        OR previous_key IS NOT NULL OR u.rests_on <> source_id OR a.rests_on <> source_id
        OR CASE WHEN external_keys IS NOT NULL THEN EXISTS (
          SELECT FROM (SELECT e ->> 0 AS id_kind, e ->> 1 AS id_value FROM jsonb_array_elements(external_keys) e OFFSET 0) e
          LEFT JOIN LATERAL ${owner(sql`e.id_kind`, sql`e.id_value`)} x ON true
          WHERE x.customer_id IS NULL OR x.rests_on <> source_id
            OR CASE WHEN x.customer_id <> ${strongest} THEN
              ${isAnonymous(sql`x.customer_id`)} OR ${isAnonymous(strongest)} END) END
    )
    SELECT count(*) AS rows, min(seq) AS low, max(seq) AS high,
      range_agg(int8range(seq, seq, '[]'))::text AS ranges,
      (SELECT coalesce(json_agg(json_build_object('user', user_key, 'anonymous', anonymous_key,
        'previous', previous_key, 'source', source_id, 'external', external_keys, 'receivedAt', first.received_at) ORDER BY seq), '[]')
        FROM unsettled CROSS JOIN LATERAL (
          SELECT received_at FROM event_inbox WHERE workspace_id = ${ws} AND seq = unsettled.seq OFFSET 0) first
      ) AS unsettled
    FROM batch`,
  );
  const { rows, low, high, ranges, unsettled } = found[0]!;
  return low === null || high === null || ranges === null ? null : { rows, low, high, ranges, unsettled };
}
