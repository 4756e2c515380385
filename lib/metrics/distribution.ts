import { z } from "zod";
import { addDays, type Day, parseDay } from "@/lib/platform/day";
import { type Db, findRow, join, queryRows, raw, type Sql, sql } from "@/lib/platform/db";
import { resolveMetric } from "./catalogue";
import type { MetricRef, MetricType } from "./metric";
import { allCustomers, MetricPlan } from "./plan";
import { standardMetrics } from "./standard";
import { overStored } from "./stored";
import { storedMetricKeys } from "./view";

const BARS = 12;
const LABELS = 10;
const EPOCH = parseDay("1970-01-01");

/** How a metric's values are spread over the customers of a workspace; values are as the metric gives them. */
export const distribution = z.object({
  customers: z.number().int(),
  /** Customers with a value; the others have no data. */
  known: z.number().int(),
  /** Least, median and greatest value; null for labels and where nobody has a value. */
  range: z
    .object({
      least: z.union([z.number(), z.string()]),
      median: z.union([z.number(), z.string()]),
      greatest: z.union([z.number(), z.string()]),
    })
    .nullable(),
  /** Half-open, the last one open above. */
  bars: z.array(z.object({ from: z.union([z.number(), z.string()]), customers: z.number().int() })),
  /** The most frequent labels. */
  labels: z.array(z.object({ value: z.string(), customers: z.number().int() })),
});
export type Distribution = z.infer<typeof distribution>;

/** Everybody's value of the metric as `v(value)`: from what is stored where that suffices, else computed. */
function valuesCte(workspaceId: number, ref: MetricRef, asOf: Day): Sql {
  const stored = overStored(ref, sql`${asOf}::date`);
  if (stored)
    return sql`v AS MATERIALIZED (SELECT ${stored} AS value FROM customer_metrics m WHERE m.workspace_id = ${workspaceId})`;
  const plan = new MetricPlan(workspaceId, asOf, allCustomers);
  plan.column("value", plan.value(ref));
  return sql`${plan.ctes()}, v AS MATERIALIZED (SELECT value FROM fact)`;
}

const spreadRow = z.object({
  customers: z.number(),
  known: z.number(),
  least: z.number().nullable(),
  median: z.number().nullable(),
  greatest: z.number().nullable(),
  bars: z.array(z.object({ from: z.number(), customers: z.number() })),
});

/** Numbers on a line: equal steps from the least value to the 99th percentile, all beyond it in the last bar. */
async function spread(db: Db, cte: Sql, type: MetricType): Promise<Distribution> {
  const number = type === "day" ? sql`(value - ${EPOCH}::date)::float8` : sql`value::float8`;
  const whole = type !== "number";
  const row = await findRow(
    db,
    spreadRow,
    sql`
      WITH ${cte}, n AS (SELECT ${number} AS x FROM v WHERE value IS NOT NULL),
      s AS (
        SELECT count(*)::int AS known, min(x) AS least, max(x) AS greatest,
          percentile_disc(0.5) WITHIN GROUP (ORDER BY x) AS median,
          percentile_disc(0.99) WITHIN GROUP (ORDER BY x) AS high
        FROM n
      ), step AS (
        SELECT s.*, CASE WHEN ${whole} THEN greatest(1, ceil((high - least + 1) / ${BARS}))
          ELSE greatest((high - least) / ${BARS}, 1e-9) END AS width FROM s
      ), bound AS (   -- the very numbers that are given away: whoever asks for [from, to) finds as many
        SELECT array_agg(step.least + g.i * step.width ORDER BY g.i) AS froms
        FROM step CROSS JOIN LATERAL
          generate_series(0, least(${BARS - 1}, floor((step.greatest - step.least) / step.width)::int)) AS g (i)
      ), bar AS (
        SELECT width_bucket(n.x, bound.froms) AS i, count(*)::int AS customers FROM n CROSS JOIN bound GROUP BY 1
      )
      SELECT (SELECT count(*) FROM v)::int AS customers, step.known, step.least, step.median, step.greatest,
        coalesce((SELECT json_agg(json_build_object('from', f.x, 'customers', coalesce(bar.customers, 0)) ORDER BY f.i)
          FROM bound CROSS JOIN LATERAL unnest(bound.froms) WITH ORDINALITY AS f (x, i)
          LEFT JOIN bar ON bar.i = f.i), '[]') AS bars
      FROM step`,
  );
  if (!row) throw new Error("the statement answers one row");
  const value = (x: number) => (type === "day" ? addDays(EPOCH, x) : x);
  const { customers, known, least, median, greatest } = row;
  const isEmpty = least === null || median === null || greatest === null;
  return {
    customers,
    known,
    range: isEmpty ? null : { least: value(least), median: value(median), greatest: value(greatest) },
    bars: row.bars.map((bar) => ({ from: value(bar.from), customers: bar.customers })),
    labels: [],
  };
}

const labelsRow = z.object({
  customers: z.number(),
  known: z.number(),
  labels: z.array(z.object({ value: z.string(), customers: z.number() })),
});

async function countLabels(db: Db, cte: Sql): Promise<Distribution> {
  const row = await findRow(
    db,
    labelsRow,
    sql`
      WITH ${cte}, often AS (
        SELECT value, count(*)::int AS customers FROM v WHERE value IS NOT NULL
        GROUP BY value ORDER BY 2 DESC, 1 LIMIT ${LABELS})
      SELECT (SELECT count(*) FROM v)::int AS customers, (SELECT count(value) FROM v)::int AS known,
        (SELECT coalesce(json_agg(often ORDER BY customers DESC, value), '[]') FROM often) AS labels`,
  );
  if (!row) throw new Error("the statement answers one row");
  return { ...row, range: null, bars: [] };
}

/** How a metric is spread over the workspace's customers as of the day. */
export function getDistribution(
  db: Db,
  p: { workspaceId: number; ref: MetricRef; asOf: Day },
): Promise<Distribution> {
  const { type } = resolveMetric(p.ref).metric;
  const cte = valuesCte(p.workspaceId, p.ref, p.asOf);
  return type === "text" ? countLabels(db, cte) : spread(db, cte, type);
}

const coverageRow = z.object({ customers: z.number() }).catchall(z.number());

/**
 * Customers with a value, and all there are: for every stored metric by its column, and for every expression over such
 * ones by its key. One pass over customer_metrics.
 */
export async function getCoverage(
  db: Db,
  p: { workspaceId: number; asOf: Day },
): Promise<{ customers: number; known: Record<string, number> }> {
  const columns = standardMetrics.map(({ column }) => ({ name: column, value: raw(`m.${column}`) }));
  const expressions = storedMetricKeys
    .filter((key) => !columns.some(({ name }) => name === key))
    .map((key) => ({ name: key, value: overStored({ metric: key }, sql`${p.asOf}::date`)! }));
  const counts = [...columns, ...expressions].map(
    ({ name, value }) => sql`count(${value})::int AS ${raw(name)}`,
  );
  const rows = await queryRows(
    db,
    coverageRow,
    sql`SELECT count(*)::int AS customers, ${join(counts, ", ")} FROM customer_metrics m
        WHERE m.workspace_id = ${p.workspaceId}`,
  );
  const { customers = 0, ...known } = rows[0] ?? {};
  return { customers, known };
}
