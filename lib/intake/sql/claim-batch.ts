import { z } from "zod";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import { addDayKinds, addDays, dayTotals } from "./day-totals";
import { addActivity } from "./source-activity";
import type { WaitingBatch } from "./waiting-batch";

const claimRow = z.object({ claimed: z.number(), aliases: z.number(), stored: z.number() });

/**
 * Claims the batch, stores what is new of it, and rolls up only what the store returned: one statement, one snapshot.
 * A duplicate is claimed and changes nothing but the count of duplicates. Every id of the batch must have its customer by now: an event without
 * one violates NOT NULL and takes the transaction back.
 */
export async function claimBatch(
  db: Db,
  p: { workspaceId: number; batch: WaitingBatch; timeZone: string },
): Promise<z.infer<typeof claimRow>> {
  const ws = sql`${p.workspaceId}::int`;
  const found = await queryRows(
    db,
    claimRow,
    sql`
    WITH claimed AS (
      DELETE FROM event_inbox
      WHERE workspace_id = ${ws} AND seq BETWEEN ${p.batch.low} AND ${p.batch.high}
        AND seq <@ ${p.batch.ranges}::int8multirange
      RETURNING *
    ), named AS MATERIALIZED (
      -- The strongest id decides: user, else the first external one, else the anonymous one (lib/intake/linking.ts). As
      -- plain columns: below row-level security an expression is no key of an index.
      SELECT *, CASE WHEN user_key IS NOT NULL THEN 'user' ELSE coalesce(external_keys -> 0 ->> 0, 'anonymous') END AS id_kind,
        coalesce(user_key, external_keys -> 0 ->> 1, anonymous_key) AS id_value
      FROM claimed
    ), attributed AS (
      -- Of copies in one batch the first accepted counts.
      SELECT DISTINCT ON (owner.customer_id, message_id) owner.customer_id, message_id, kind, source_id, occurred_at,
        received_at, user_key IS NOT NULL OR external_keys IS NOT NULL AS is_known, amount, props, traits, channel, nullif(owner.home_customer_id, owner.customer_id) AS home_customer_id
      FROM named LEFT JOIN LATERAL (
        SELECT customer_id, home_customer_id FROM identity
        WHERE workspace_id = ${ws} AND identity.kind = id_kind AND identity.value = id_value
        OFFSET 0
      ) owner ON true
      WHERE previous_key IS NULL
      ORDER BY owner.customer_id, message_id, seq
    ), stored AS (
      INSERT INTO event (workspace_id, customer_id, message_id, home_customer_id, source_id, kind, occurred_at, amount, props)
      SELECT ${ws}, customer_id, message_id, home_customer_id, source_id, kind, occurred_at, amount, props
      FROM attributed ORDER BY customer_id, message_id
      ON CONFLICT (workspace_id, customer_id, message_id) DO NOTHING
      RETURNING customer_id, message_id, kind, occurred_at, amount
    ), total AS (
      ${dayTotals(sql`stored`, p.timeZone)}
    ), added_days AS (
      ${addDays(p.workspaceId, sql`total`)}
    ), added_kinds AS (
      ${addDayKinds(p.workspaceId, sql`stored`, p.timeZone)}
    ), added_traits AS (
      INSERT INTO customer_trait (workspace_id, customer_id, key, set_at, message_id, home_customer_id, value)
      SELECT ${ws}, customer_id, trait.key, occurred_at, message_id, home_customer_id, trait.value
      FROM attributed CROSS JOIN LATERAL (
        SELECT key, value FROM jsonb_each(traits) WHERE key <> '$channel' OR channel IS NULL
        UNION ALL SELECT '$channel', to_jsonb(channel) WHERE channel IS NOT NULL
      ) trait
      WHERE (traits IS NOT NULL OR channel IS NOT NULL)
        -- IS TRUE keeps this one hash table over what was stored, never a join row by row.
        AND ((customer_id, message_id) IN (SELECT customer_id, message_id FROM stored)) IS TRUE
      ORDER BY customer_id, trait.key, occurred_at, message_id
    ), marked AS (
      INSERT INTO customer_dirty (workspace_id, customer_id, day)
      SELECT ${ws}, customer_id, day FROM total ORDER BY customer_id, day
    ), counted AS (
      ${addActivity(p.workspaceId, { claimed: sql`claimed`, attributed: sql`attributed`, stored: sql`stored` })}
    )
    SELECT (SELECT count(*) FROM claimed) AS claimed,
      (SELECT count(*) FROM claimed WHERE previous_key IS NOT NULL) AS aliases,
      (SELECT count(*) FROM stored) AS stored`,
  );
  return found[0]!;
}
