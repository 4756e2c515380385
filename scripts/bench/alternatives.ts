import { sql } from "@/lib/platform/db";
import type { Bench } from "./bench";
import { TODAY, ZONE } from "./data-set";
import { cpu } from "./meter";
import { sampleCustomers } from "./stage-evaluation";

const SAMPLE = 1_000;

/** The standard metrics of one customer from raw events, hand-written: what a loop over customers would ask. */
const fromRawEvents = `
  WITH e AS (
    SELECT kind, amount, (occurred_at AT TIME ZONE '${ZONE}')::date AS day FROM event
    WHERE workspace_id = $1 AND customer_id = $2
  ), gap AS (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median, avg(days) AS mean FROM (
      SELECT day - lag(day) OVER (ORDER BY day) AS days FROM (SELECT DISTINCT day FROM e WHERE kind = 6) d) g
    WHERE days IS NOT NULL
  )
  SELECT min(day) AS first_seen_on, max(day) AS last_active_on,
    min(day) FILTER (WHERE kind = 6) AS first_order_on, max(day) FILTER (WHERE kind = 6) AS last_order_on,
    sum(amount) AS revenue, sum(amount) FILTER (WHERE day > date '${TODAY}' - 30) AS revenue_30d,
    sum(amount) FILTER (WHERE day > date '${TODAY}' - 90) AS revenue_90d,
    -sum(amount) FILTER (WHERE kind = 11) AS refunded, max(amount) FILTER (WHERE kind = 6) AS largest_order,
    (SELECT median FROM gap) AS median_repurchase_days, (SELECT mean FROM gap) AS mean_repurchase_days,
    count(*) FILTER (WHERE kind = 6) AS orders,
    count(*) FILTER (WHERE kind = 6 AND day > date '${TODAY}' - 30) AS orders_30d,
    count(*) FILTER (WHERE kind = 6 AND day > date '${TODAY}' - 90) AS orders_90d,
    count(*) FILTER (WHERE kind = 11) AS refunds,
    count(*) FILTER (WHERE day > date '${TODAY}' - 7) AS events_7d,
    count(*) FILTER (WHERE day > date '${TODAY}' - 30) AS events_30d,
    count(DISTINCT day) FILTER (WHERE day > date '${TODAY}' - 30) AS active_days_30d,
    count(*) FILTER (WHERE kind = 7 AND day > date '${TODAY}' - 30) AS logins_30d,
    count(*) FILTER (WHERE kind = 1 AND day > date '${TODAY}' - 30) AS views_30d,
    count(*) FILTER (WHERE kind = 5 AND day > date '${TODAY}' - 30) AS carts_30d,
    count(*) FILTER (WHERE kind = 8 AND day > date '${TODAY}' - 30) AS searches_30d,
    count(*) FILTER (WHERE kind = 4) AS shares,
    count(*) FILTER (WHERE kind = 12 AND day > date '${TODAY}' - 90) AS complaints_90d
  FROM e`;

/** G6: one customer of the full run against one computed alone from raw events (read only). CPU of both sides. */
export async function measurePerCustomer(bench: Bench, fullRun: number): Promise<void> {
  const { meter, data } = bench;
  const ids = await sampleCustomers(bench, SAMPLE);
  const loop = async () => {
    for (const id of ids)
      await meter.pool.query({ name: "from-raw", text: fromRawEvents, values: [data.main.id, id] });
  };
  const [cost] = await meter.cheapest(4, loop);
  const alone = (cpu(cost!) / ids.length) * 1e6;
  const own = (fullRun / data.main.customers) * 1e6;
  bench.report({
    id: "G6",
    name: "a query per customer over raw events ÷ full run",
    value: alone / own,
    unit: "x",
    target: { atLeast: 100 },
    detail: `${alone.toFixed(0)} against ${own.toFixed(1)} µs a customer, stages and writes included in ours only`,
  });
}

/** One filter of a segment in Mautic's shape: a correlated EXISTS over the raw log. */
const filter = (condition: string, having: string) => `EXISTS (SELECT ${having.split(" >= ")[0]} FROM event e
  WHERE e.workspace_id = l.workspace_id AND e.customer_id = l.customer_id ${condition} HAVING ${having})`;
const segment = [
  filter("AND e.kind = 6 AND e.occurred_at >= '2025-03-03'", "count(DISTINCT e.message_id) >= 2"),
  filter("AND e.kind = 6 AND e.occurred_at >= '2025-03-03'", "coalesce(sum(e.amount), 0) >= 5000"),
  filter("AND e.occurred_at >= '2025-05-02'", "count(DISTINCT e.message_id) >= 6"),
].join(" AND ");
const outside = "l.customer_id NOT IN (SELECT lead_id FROM bench_segment_member WHERE list_id = 1)";

/**
 * G7: one segment of three filters rebuilt in Mautic's way (count, batches of 300 members, orphans; read from its source,
 * run on our tables, without its row-by-row inserts) against our full run, which settles all metrics and all stages.
 */
export async function measureSegmentRebuild(bench: Bench, fullRun: number): Promise<void> {
  const { meter, data } = bench;
  const workspace = data.workspaces.at(-1)!;
  const found = `FROM customer l WHERE l.workspace_id = ${workspace.id} AND ${segment} AND ${outside}`;
  await meter.pool.query(
    "CREATE TABLE bench_segment_member (list_id int, lead_id bigint, PRIMARY KEY (list_id, lead_id))",
  );
  const [count] = await meter.cheapest(4, () =>
    meter.pool.query(`SELECT count(id) FROM (SELECT DISTINCT l.customer_id AS id ${found}) s`),
  );
  const batches = await meter.cost(async () => {
    for (;;) {
      const { rows } = await meter.pool.query(
        `SELECT l.customer_id AS id ${found} ORDER BY l.customer_id LIMIT 300`,
      );
      if (rows.length === 0) return;
      await meter.pool.query(sql`
        INSERT INTO bench_segment_member SELECT 1, unnest(${rows.map(({ id }) => id)}::bigint[])`);
    }
  });
  const orphans = await meter.cost(() =>
    meter.pool.query(`SELECT lead_id FROM bench_segment_member WHERE list_id = 1 AND lead_id NOT IN
      (SELECT l.customer_id FROM customer l WHERE l.workspace_id = ${workspace.id} AND ${segment})`),
  );
  await meter.pool.query("DROP TABLE bench_segment_member");
  const each = (seconds: number) => (seconds / workspace.customers) * 1e6;
  const own = (fullRun / data.main.customers) * 1e6;
  const whole = each(count!.backend + batches.backend + orphans.backend);
  bench.report({
    id: "G7",
    name: "one Mautic-shaped segment (counting only) ÷ full run",
    value: each(count!.backend) / own,
    unit: "x",
    target: { atLeast: 10 },
    detail: `${each(count!.backend).toFixed(0)} (with members and orphans ${whole.toFixed(0)}) against ${own.toFixed(1)} µs a customer`,
  });
}
