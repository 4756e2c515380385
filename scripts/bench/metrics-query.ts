import { customersBetween, MetricPlan } from "@/lib/metrics/plan";
import { standardMetrics } from "@/lib/metrics/standard";
import { join, type Sql, sql } from "@/lib/platform/db";
import { shardOf, shardRange } from "@/lib/stages/shard";
import type { Bench } from "./bench";
import { TODAY } from "./data-set";
import { floorPass, ofMain } from "./floor";

/** The shards that hold a workspace's customers. */
export const shardsOf = ({ data }: Bench): number[] =>
  Array.from({ length: shardOf(data.customers) + 1 }, (_, shard) => shard);

/** All standard metrics of a shard's customers, with the day they next change, and nothing else. */
function metricsSql(workspaceId: number, shard: number): Sql {
  const plan = new MetricPlan(workspaceId, TODAY, customersBetween(...shardRange(shard)));
  const changes: Sql[] = [];
  for (const { column, ...ref } of standardMetrics) {
    plan.column(column, plan.value(ref));
    const change = plan.nextChange(ref, []);
    if (change && !changes.some((one) => one.text === change.text)) changes.push(change);
  }
  plan.column("due_on", sql`least(${join(changes, ", ")})`);
  return sql`EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) WITH ${plan.ctes()} SELECT * FROM fact`;
}

/** G2: the metrics query alone, shard by shard as recompute asks it, against the floor and a bare pass over customer_day. */
export async function measureMetricsQuery(bench: Bench): Promise<void> {
  const { meter, data } = bench;
  const metricsQuery = async () => {
    for (const shard of shardsOf(bench)) await meter.pool.query(metricsSql(data.main.id, shard));
  };
  const bareQuery = () =>
    meter.pool.query(sql`EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)
      SELECT customer_id, count(*), sum(revenue) FROM customer_day WHERE workspace_id = ${data.main.id} GROUP BY customer_id`);
  const [pass, metrics, bare] = await meter.cheapest(5, floorPass(bench), metricsQuery, bareQuery);
  const floor = ofMain(bench, pass!.backend);
  const detail = `${metrics!.backend.toFixed(2)} s CPU for ${standardMetrics.length} metrics; bare ${bare!.backend.toFixed(2)} s, F ${floor.toFixed(2)} s`;
  bench.report({
    id: "G2 floor",
    name: "metrics query ÷ floor over raw events",
    value: metrics!.backend / floor,
    unit: "F",
    target: { atMost: 0.6 },
    detail,
  });
  bench.report({
    id: "G2 bare",
    name: "metrics query ÷ bare aggregate of customer_day",
    value: metrics!.backend / bare!.backend,
    unit: "x",
    target: { atMost: 3 },
    detail,
  });
}
