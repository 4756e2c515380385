import { z } from "zod";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import { type CustomerIdentity, customerIdentity } from "./schema";

/** More ids than this belong to a shared device or a robot; the page says how many there are. */
export const MAX_IDENTITIES = 200;

/** The ids a customer is known by, the known ones first, then by age; and how many there are in all. */
export async function listIdentities(
  db: Db,
  p: { workspaceId: number; customerId: number },
): Promise<{ identities: CustomerIdentity[]; count: number }> {
  const rows = await queryRows(
    db,
    customerIdentity.omit({ joined: true }).extend({
      total: z.number(),
      homeId: z.number(),
      homeKey: z.string().nullable(),
      joinedAt: z.date().nullable(),
    }),
    sql`
      WITH own AS (
        SELECT kind, value, created_at, home_customer_id, count(*) OVER ()::int AS total FROM identity
        WHERE workspace_id = ${p.workspaceId} AND customer_id = ${p.customerId}
        ORDER BY CASE kind WHEN 'user' THEN 0 WHEN 'anonymous' THEN 2 ELSE 1 END, created_at, kind, value
        LIMIT ${MAX_IDENTITIES}
      ), home AS (   -- a merged customer's own history was taken back when it joined
        SELECT h.customer_id, h.display_key, (SELECT max(t.retracted_at) FROM stage_transition t
            WHERE t.workspace_id = ${p.workspaceId} AND t.customer_id = h.customer_id) AS joined_at
        FROM customer h
        WHERE h.workspace_id = ${p.workspaceId} AND h.customer_id <> ${p.customerId}
          AND h.customer_id IN (SELECT home_customer_id FROM own)
      )
      SELECT own.kind, own.value, own.created_at AS since, own.total, own.home_customer_id AS "homeId",
        home.display_key AS "homeKey", home.joined_at AS "joinedAt"
      FROM own LEFT JOIN home ON home.customer_id = own.home_customer_id
      ORDER BY CASE own.kind WHEN 'user' THEN 0 WHEN 'anonymous' THEN 2 ELSE 1 END, own.created_at, own.kind, own.value`,
  );
  return {
    count: rows[0]?.total ?? 0,
    identities: rows.map(({ total: _total, homeId, homeKey, joinedAt, ...own }) => ({
      ...own,
      joined: homeKey === null ? null : { customerId: homeId, displayKey: homeKey, at: joinedAt },
    })),
  };
}
