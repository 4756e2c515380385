import { type Sql, sql } from "@/lib/platform/db";
import type { CustomersAsked } from "../list-schema";
import { matchingSql } from "./list-statement";

interface Tagging {
  asked: CustomersAsked;
  tags: readonly number[];
  act: string;
  now: Date;
}

/** Puts the tags on everybody asked for who does not carry them; answers { added } in customers. */
export function addTagsSql({ asked, tags, act, now }: Tagging): Sql {
  const { ctes, select } = matchingSql(asked);
  return sql`
    WITH ${ctes} page AS (${select}),
    added AS (
      INSERT INTO customer_tag (workspace_id, customer_id, tag_id, act, added_at)
      SELECT ${asked.workspaceId}::int, page.customer_id, wanted.tag_id, ${act}::uuid, ${now}::timestamptz
      FROM page CROSS JOIN unnest(${[...tags]}::int[]) AS wanted (tag_id)
      LEFT JOIN customer_tag has ON has.workspace_id = ${asked.workspaceId} AND has.customer_id = page.customer_id
        AND has.tag_id = wanted.tag_id AND has.removed_at IS NULL
      WHERE has.customer_id IS NULL
      ORDER BY page.customer_id, wanted.tag_id
      ON CONFLICT (workspace_id, customer_id, tag_id) DO UPDATE SET act = EXCLUDED.act, added_at = EXCLUDED.added_at,
        removed_act = NULL, removed_at = NULL, home_customer_id = NULL
      WHERE customer_tag.removed_at IS NOT NULL
      RETURNING customer_id
    )
    SELECT count(DISTINCT customer_id)::int AS added FROM added`;
}

/** Takes the tags off everybody asked for who carries them; answers { removed } in customers. */
export function removeTagsSql({ asked, tags, act, now }: Tagging): Sql {
  const { ctes, select } = matchingSql(asked);
  return sql`
    WITH ${ctes} page AS (${select}),
    removed AS (
      UPDATE customer_tag t SET removed_act = ${act}::uuid, removed_at = ${now}::timestamptz
      FROM page
      WHERE t.workspace_id = ${asked.workspaceId} AND t.customer_id = page.customer_id
        AND t.tag_id = ANY(${[...tags]}::int[]) AND t.removed_at IS NULL
      RETURNING t.customer_id
    )
    SELECT count(DISTINCT customer_id)::int AS removed FROM removed`;
}

/** Takes back what an act did since a moment; answers { added, removed }: customers that lost and got back a tag. */
export const undoTaggingSql = (p: { workspaceId: number; act: string; since: Date }): Sql => sql`
  WITH taken AS (
    DELETE FROM customer_tag WHERE workspace_id = ${p.workspaceId} AND act = ${p.act}::uuid
      AND added_at >= ${p.since}::timestamptz AND removed_at IS NULL
    RETURNING customer_id
  ), given AS (
    UPDATE customer_tag SET removed_act = NULL, removed_at = NULL
    WHERE workspace_id = ${p.workspaceId} AND removed_act = ${p.act}::uuid AND removed_at >= ${p.since}::timestamptz
      AND EXISTS (SELECT FROM tag WHERE workspace_id = ${p.workspaceId} AND id = customer_tag.tag_id AND removed_at IS NULL)
    RETURNING customer_id
  )
  SELECT (SELECT count(DISTINCT customer_id) FROM taken)::int AS added,
    (SELECT count(DISTINCT customer_id) FROM given)::int AS removed`;
