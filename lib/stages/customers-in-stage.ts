import { z } from "zod";
import { day } from "@/lib/platform/day";
import { type Db, empty, queryRows, type Sql, sql } from "@/lib/platform/db";
import { lifetime, lifetimeSchema } from "./lifetime";

/** Which customers a number stands for. */
export const stageFilter = z.object({
  /** State as of this local day. */
  asOf: day,
  /** In this stage as of the day; absent: in any. */
  stage: z.string().optional(),
  /** Only customers whose stage as of this earlier day was `fromStage`. */
  since: day.optional(),
  /** Stage as of `since`; "" = was not there yet. */
  fromStage: z.string().optional(),
});
export type StageFilter = z.infer<typeof stageFilter>;

interface Question extends StageFilter {
  workspaceId: number;
  modelId?: number;
}

const listedRow = z.object({
  customerId: z.number(),
  displayKey: z.string(),
  stage: z.string(),
  sinceOn: day,
  orders: z.number().nullable(),
  revenue: z.number().nullable(),
  lastOrderOn: day.nullable(),
  firstSeenOn: day.nullable(),
  stageEnds: z.boolean(),
});

/** A customer as lists show it; money in minor units. */
export const customerInStage = listedRow
  .omit({ stageEnds: true })
  .extend({ lifetime: lifetimeSchema.nullable() });
export type CustomerInStage = z.infer<typeof customerInStage>;

/** Each customer's stage as of a day: the last row the log holds true, customers not there yet left out. */
const stagesAsOf = (p: { workspaceId: number; modelId: number }, asOf: string, after?: number): Sql => sql`
  SELECT DISTINCT ON (t.customer_id) t.customer_id, t.to_stage AS stage, t.effective_on AS since_on
  FROM stage_transition t
  WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.retracted_at IS NULL
    AND t.effective_on <= ${asOf}::date ${after === undefined ? empty : sql`AND t.customer_id > ${after}::bigint`}
  ORDER BY t.customer_id, t.effective_on DESC, t.seq DESC`;

function matching(p: Question, after?: number): Sql {
  const model = { workspaceId: p.workspaceId, modelId: p.modelId ?? 1 };
  // One probe of the log a customer: the planner knows too little of a fresh log to be trusted with a join of two of them.
  const was =
    p.since && p.fromStage !== undefined
      ? sql`AND coalesce((SELECT t.to_stage FROM stage_transition t
          WHERE t.workspace_id = ${model.workspaceId} AND t.model_id = ${model.modelId} AND t.customer_id = s.customer_id
            AND t.retracted_at IS NULL AND t.effective_on <= ${p.since}::date
          ORDER BY t.effective_on DESC, t.seq DESC LIMIT 1), '') = ${p.fromStage}`
      : empty;
  return sql`FROM (${stagesAsOf(model, p.asOf, after)}) s
    WHERE true ${p.stage === undefined ? empty : sql`AND s.stage = ${p.stage}`} ${was}`;
}

/** How many customers a filter names: the number on the board. */
export async function countCustomersInStage(db: Db, p: Question): Promise<number> {
  const rows = await queryRows(
    db,
    z.object({ customers: z.number() }),
    sql`SELECT count(*)::int AS customers ${matching(p)}`,
  );
  return rows[0]?.customers ?? 0;
}

/** Those customers in the order of their ids, a page after `after`; metrics are as of the last recompute. */
export async function listCustomersInStage(
  db: Db,
  p: Question & { after?: number; limit: number },
): Promise<CustomerInStage[]> {
  const rows = await queryRows(
    db,
    listedRow,
    sql`
      WITH ending AS (   -- stages in which a customer has left
        SELECT s ->> 'key' AS stage FROM stage_model_version v, jsonb_array_elements(v.definition -> 'stages') s
        WHERE v.workspace_id = ${p.workspaceId} AND v.model_id = ${p.modelId ?? 1} AND v.state = 'published'
          AND (s ->> 'ends')::boolean
      ), page AS (
        SELECT s.customer_id, s.stage, s.since_on ${matching(p, p.after ?? 0)} ORDER BY s.customer_id LIMIT ${p.limit}
      )
      SELECT page.customer_id AS "customerId", c.display_key AS "displayKey", page.stage, page.since_on AS "sinceOn",
        m.orders, m.revenue::float8 AS revenue, m.last_order_on AS "lastOrderOn", m.first_seen_on AS "firstSeenOn",
        page.stage IN (SELECT stage FROM ending) AS "stageEnds"
      FROM page
      JOIN customer c ON c.workspace_id = ${p.workspaceId} AND c.customer_id = page.customer_id
      LEFT JOIN customer_metrics m ON m.workspace_id = ${p.workspaceId} AND m.customer_id = page.customer_id
      ORDER BY page.customer_id`,
  );
  return rows.map(({ stageEnds, ...row }) => ({
    ...row,
    lifetime: row.firstSeenOn && lifetime({ ...row, firstSeenOn: row.firstSeenOn, stageEnds, asOf: p.asOf }),
  }));
}

/**
 * Customers that moved in the local days (since, asOf], counted by the stage before their first move ('' = was not there
 * yet) and after their last. Live rows form a chain, so the period alone tells both ends; who came back counts as moved.
 */
export function countMoves(
  db: Db,
  p: { workspaceId: number; modelId: number; since: string; asOf: string },
): Promise<{ from: string; to: string; customers: number }[]> {
  return queryRows(
    db,
    z.object({ from: z.string(), to: z.string(), customers: z.number() }),
    sql`SELECT coalesce(first, '') AS "from", last AS "to", count(*)::int AS customers
        FROM (
          SELECT (array_agg(from_stage ORDER BY effective_on, seq))[1] AS first,
            (array_agg(to_stage ORDER BY effective_on DESC, seq DESC))[1] AS last
          FROM stage_transition
          WHERE workspace_id = ${p.workspaceId} AND model_id = ${p.modelId} AND retracted_at IS NULL
            AND effective_on > ${p.since}::date AND effective_on <= ${p.asOf}::date
          GROUP BY customer_id
        ) moved
        GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}
