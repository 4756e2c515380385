import { z } from "zod";
import { day } from "@/lib/platform/day";
import { type Db, join, queryRows, raw, type Sql, sql } from "@/lib/platform/db";
import { lifetime } from "@/lib/stages/lifetime";
import { countMoves } from "@/lib/stages/moves";
import {
  type CustomersAsked,
  type CustomersCount,
  isMetricColumn,
  type ListCursor,
  type ListedCustomer,
  type ListSort,
} from "./list-schema";
import { matchingSql } from "./sql/list-statement";

/** Beyond this a count is "more than": counting on would keep the reader waiting. */
export const COUNT_LIMIT = 10_000;

const listedRow = z.object({
  customerId: z.number(),
  displayKey: z.string(),
  stage: z.string(),
  sinceOn: day,
  firstSeenOn: day.nullable(),
  tags: z.array(z.number()),
  values: z.record(z.string(), z.union([z.number(), z.string()]).nullable()),
  sortValue: z.union([z.number(), z.string()]).nullable(),
});

/** What of a customer a list shows. */
export interface ListShown {
  columns: readonly string[];
  /** Stages in which a customer has left. */
  endingStages: readonly string[];
}

/** Tags, name and chosen metrics of the customers in `page`. */
function detailsSql(p: CustomersAsked, columns: readonly string[]): Sql {
  const values = columns.filter(isMetricColumn).map((column) => sql`${column}::text, ${raw(`m.${column}`)}`);
  return sql`
    SELECT page.customer_id AS "customerId", c.display_key AS "displayKey", page.stage, page.since_on AS "sinceOn",
      m.first_seen_on AS "firstSeenOn", page.sort_value AS "sortValue",
      json_build_object(${values.length ? join(values, ", ") : sql``}) AS values,
      (SELECT coalesce(json_agg(g.tag_id ORDER BY g.tag_id), '[]') FROM customer_tag g
       WHERE g.workspace_id = ${p.workspaceId} AND g.customer_id = page.customer_id AND g.removed_at IS NULL) AS tags
    FROM page
    JOIN customer c ON c.workspace_id = ${p.workspaceId} AND c.customer_id = page.customer_id
    LEFT JOIN customer_metrics m ON m.workspace_id = ${p.workspaceId} AND m.customer_id = page.customer_id`;
}

function listed(
  { firstSeenOn, sortValue: _sortValue, ...row }: z.infer<typeof listedRow>,
  p: CustomersAsked,
  endingStages: readonly string[],
): ListedCustomer {
  const stageEnds = endingStages.includes(row.stage);
  return { ...row, lifetime: firstSeenOn && lifetime({ ...row, firstSeenOn, stageEnds, asOf: p.asOf }) };
}

/**
 * A page of the customers asked for: sorted, no data last, equal ones by id, after the cursor. Metrics are as of the last
 * recompute, stages as of the day asked for. `next` continues; null when the page is the last.
 */
export async function listCustomers(
  db: Db,
  p: CustomersAsked & ListShown & { sort: ListSort; after?: ListCursor; limit: number },
): Promise<{ customers: ListedCustomer[]; next: ListCursor | null }> {
  const { ctes, select, order } = matchingSql(p, p);
  const rows = await queryRows(
    db,
    listedRow,
    sql`WITH ${ctes} page AS (${select}) ${detailsSql(p, p.columns)} ${order}`,
  );
  const last = rows.at(-1);
  return {
    customers: rows.map((row) => listed(row, p, p.endingStages)),
    next: last && rows.length === p.limit ? [last.sortValue, last.customerId] : null,
  };
}

const idRow = z.object({ customerId: z.number() });

/** The ids of all of them in the order of the list: what a file or an act of many goes through. */
export async function listCustomerIds(db: Db, p: CustomersAsked & { sort: ListSort }): Promise<number[]> {
  const { ctes, select, order } = matchingSql(p, { sort: p.sort });
  const rows = await queryRows(
    db,
    idRow,
    sql`WITH ${ctes} page AS (${select}) SELECT page.customer_id AS "customerId" FROM page ${order}`,
  );
  return rows.map((row) => row.customerId);
}

const countRow = z.object({ customers: z.number() });

/**
 * How many there are. A number of the board is read from the sums the board reads, exact for any size; other filters are
 * counted up to a limit unless `exact` is asked for.
 */
export async function countCustomers(
  db: Db,
  p: CustomersAsked & { exact?: boolean },
): Promise<CustomersCount> {
  const isOfBoard = !p.rule && !p.tags?.length && !p.ids && (!p.since || p.since < p.asOf);
  if (isOfBoard) return { count: await countByStage(db, p), exact: true };
  const { ctes, select } = matchingSql(p);
  const limit = p.exact ? sql`` : sql`LIMIT ${COUNT_LIMIT + 1}`;
  const rows = await queryRows(
    db,
    countRow,
    sql`WITH ${ctes} found AS (SELECT 1 FROM (${select} ${limit}) page) SELECT count(*)::int AS customers FROM found`,
  );
  const found = rows[0]?.customers ?? 0;
  return found > COUNT_LIMIT && !p.exact
    ? { count: COUNT_LIMIT, exact: false }
    : { count: found, exact: true };
}

/** Customers in the stage (any, when none is named) at the end of a day: the running sum of the flow counts. */
async function countOn(db: Db, p: CustomersAsked, on: string, stage: string | undefined): Promise<number> {
  const rows = await queryRows(
    db,
    countRow,
    sql`SELECT coalesce(sum(m.moves), 0)::int AS customers
        FROM stage_flow f
        CROSS JOIN LATERAL (VALUES (f.to_stage, f.moves), (f.from_stage, -f.moves)) AS m (stage, moves)
        WHERE f.workspace_id = ${p.workspaceId} AND f.model_id = ${p.modelId} AND f.day <= ${on}::date
          AND ${stage === undefined ? sql`m.stage <> ''` : sql`m.stage = ${stage}`}`,
  );
  return rows[0]?.customers ?? 0;
}

async function countByStage(db: Db, p: CustomersAsked): Promise<number> {
  if (!p.since || p.fromStage === undefined) return countOn(db, p, p.asOf, p.stage);
  const moved = await countMoves(db, { ...p, since: p.since });
  const from = moved.filter((move) => move.from === p.fromStage);
  const came = from.filter((move) => p.stage === undefined || move.to === p.stage);
  const sum = (moves: typeof moved) => moves.reduce((total, move) => total + move.customers, 0);
  // Who did not move at all is where it was.
  const mayHaveStayed = p.fromStage !== "" && (p.stage === undefined || p.stage === p.fromStage);
  const stayed = mayHaveStayed ? (await countOn(db, p, p.since, p.fromStage)) - sum(from) : 0;
  return sum(came) + stayed;
}
