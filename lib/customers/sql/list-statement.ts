import { empty, join, raw, type Sql, sql } from "@/lib/platform/db";
import type { CustomersAsked, ListCursor, ListSort } from "../list-schema";
import { isMetricColumn } from "../list-schema";
import { isOverStored, listRule } from "./list-rule";

/** The log of one customer up to a day: its last live row. */
const lastMove = (p: CustomersAsked, upTo: string): Sql => sql`
  SELECT t.to_stage, t.effective_on FROM stage_transition t
  WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.customer_id = s.customer_id
    AND t.retracted_at IS NULL AND t.effective_on <= ${upTo}::date`;

/**
 * Stage and day of entry as of the day. customer_stage holds the last move of everybody: it is the answer unless that move
 * came later, and only then the log is asked.
 */
function stageAsOf(p: CustomersAsked): { join: Sql; stage: Sql; sinceOn: Sql; isThere: Sql } {
  if (p.asOf >= p.today)
    return { join: empty, stage: raw("s.stage"), sinceOn: raw("s.since_on"), isThere: empty };
  const isLater = sql`s.since_on > ${p.asOf}::date`;
  return {
    join: sql`LEFT JOIN LATERAL (${lastMove(p, p.asOf)} AND ${isLater}
      ORDER BY t.effective_on DESC, t.seq DESC LIMIT 1) was ON true`,
    stage: sql`CASE WHEN ${isLater} THEN was.to_stage ELSE s.stage END`,
    sinceOn: sql`CASE WHEN ${isLater} THEN was.effective_on ELSE s.since_on END`,
    isThere: sql`AND (NOT ${isLater} OR was.to_stage IS NOT NULL)`,
  };
}

/** Whether the customer was in `fromStage` at the end of the earlier day. */
function cameFrom(p: CustomersAsked): Sql {
  if (!p.since || p.fromStage === undefined) return empty;
  // Who is elsewhere now has moved since: a short list, where the log of everybody is a long one.
  const moved =
    p.since < p.asOf && (p.fromStage === "" || (p.stage !== undefined && p.stage !== p.fromStage))
      ? sql`AND s.customer_id IN (SELECT t.customer_id FROM stage_transition t
          WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.retracted_at IS NULL
            AND t.effective_on > ${p.since}::date AND t.effective_on <= ${p.asOf}::date)`
      : empty;
  return sql`${moved} AND CASE WHEN s.since_on <= ${p.since}::date THEN s.stage ELSE coalesce((
      SELECT earlier.to_stage FROM (${lastMove(p, p.since)} ORDER BY t.effective_on DESC, t.seq DESC LIMIT 1) earlier), '')
    END = ${p.fromStage}`;
}

const carriesOneOf = (p: CustomersAsked): Sql =>
  p.tags?.length
    ? sql`AND s.customer_id IN (SELECT c.customer_id FROM customer_tag c WHERE c.workspace_id = ${p.workspaceId}
        AND c.tag_id = ANY(${[...p.tags]}::int[]) AND c.removed_at IS NULL)`
    : empty;

/** What the list is sorted by, and the type its cursor is read back as. Text is compared by code point: the same everywhere. */
function sortValue(
  p: CustomersAsked,
  key: string,
  stage: Sql,
  sinceOn: Sql,
): { value: Sql; type: Sql } | null {
  if (key === "customer") return null;
  if (key === "since") return { value: sinceOn, type: raw("date") };
  if (key === "stage")
    return { value: sql`array_position(${[...p.stageOrder]}::text[], ${stage})`, type: raw("float8") };
  if (key === "acquisition_channel")
    return { value: raw('m.acquisition_channel COLLATE "C"'), type: raw("text") };
  return { value: raw(`m.${key}`), type: key.endsWith("_on") ? raw("date") : raw("float8") };
}

/** Rows behind the cursor: larger in the direction of the sort, or equal with a later id; no data comes last. */
function behind(sort: ListSort, sorted: { value: Sql; type: Sql } | null, [last, id]: ListCursor): Sql {
  if (!sorted)
    return sort.descending ? sql`AND s.customer_id < ${id}::bigint` : sql`AND s.customer_id > ${id}::bigint`;
  const { value, type } = sorted;
  if (last === null) return sql`AND ${value} IS NULL AND s.customer_id > ${id}::bigint`;
  const than = raw(sort.descending ? "<" : ">");
  return sql`AND (${value} ${than} ${last}::${type} OR (${value} = ${last}::${type} AND s.customer_id > ${id}::bigint)
    OR ${value} IS NULL)`;
}

/** Which part of the matching customers a statement is about. */
export interface ListPart {
  sort: ListSort;
  after?: ListCursor;
  limit?: number;
}

/**
 * The customers asked for as (customer_id, stage, since_on, sort_value), sorted and cut, without WITH; `ctes` come first.
 * Without a part: every one of them, in no order.
 */
export function matchingSql(p: CustomersAsked, part?: ListPart): { ctes: Sql; select: Sql; order: Sql } {
  const { join: wasJoin, stage, sinceOn, isThere } = stageAsOf(p);
  const asked = p.rule ? listRule(p.rule, p.workspaceId, p.metricsOn) : null;
  const sorted = part ? sortValue(p, part.sort.key, stage, sinceOn) : null;
  const needsMetrics = (p.rule && isOverStored(p.rule)) || (part && isMetricColumn(part.sort.key));
  const direction = raw(part?.sort.descending ? "DESC" : "ASC");
  const order = (value: Sql, id: Sql): Sql =>
    sorted ? sql`ORDER BY ${value} ${direction} NULLS LAST, ${id}` : sql`ORDER BY ${id} ${direction}`;
  const metrics = sql`LEFT JOIN customer_metrics m
    ON m.workspace_id = ${p.workspaceId} AND m.customer_id = s.customer_id`;
  const joins = [wasJoin, needsMetrics ? metrics : empty, asked?.join ?? empty];
  const select = sql`
    SELECT s.customer_id, ${stage} AS stage, ${sinceOn} AS since_on, ${sorted?.value ?? raw("NULL::int")} AS sort_value
    FROM customer_stage s ${join(joins, " ")}
    WHERE s.workspace_id = ${p.workspaceId} AND s.model_id = ${p.modelId} ${isThere}
      ${p.stage === undefined ? empty : sql`AND ${stage} = ${p.stage}`} ${cameFrom(p)} ${carriesOneOf(p)}
      ${p.ids ? sql`AND s.customer_id = ANY(${[...p.ids]}::bigint[])` : empty}
      ${asked ? sql`AND ${asked.condition}` : empty}
      ${part?.after ? behind(part.sort, sorted, part.after) : empty}
    ${part ? order(sorted?.value ?? empty, raw("s.customer_id")) : empty}
    ${part?.limit === undefined ? empty : sql`LIMIT ${part.limit}`}`;
  return {
    ctes: asked?.ctes ? sql`${asked.ctes},` : empty,
    select,
    order: order(raw("page.sort_value"), raw("page.customer_id")),
  };
}
