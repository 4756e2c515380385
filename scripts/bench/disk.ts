import { sql } from "@/lib/platform/db";
import { replay } from "@/lib/stages/recompute";
import type { Bench } from "./bench";
import { FIRST_DAY, NOW } from "./data-set";

/** Only a lived history fills the log. */
const log = ["stage_transition", "stage_flow"];

/** A partitioned table is as large as its partitions; pg_partition_tree knows nothing of the others. */
const sizeOf = (names: string[]) => sql`
  SELECT coalesce(sum(pg_total_relation_size(t.name::regclass) + coalesce(parts.bytes, 0)), 0)::float8 AS bytes
  FROM unnest(${names}::text[]) AS t (name)
  CROSS JOIN LATERAL (
    SELECT sum(pg_total_relation_size(relid)) AS bytes FROM pg_partition_tree(t.name::regclass) WHERE level > 0) parts`;

/**
 * G13: bytes on disk for one event, everything included. The main workspace has its metrics and stages by now; those of the
 * others are added in proportion, and the log of a whole history is measured on the smallest workspace, lived day by day.
 */
export async function measureDisk(bench: Bench): Promise<void> {
  const { meter, data } = bench;
  const bytes = async (names: string[]): Promise<number> =>
    (await meter.pool.query(sizeOf(names))).rows[0].bytes;
  const settled = data.customers / data.main.customers;
  const perEvent = (total: number) => total / data.events;
  const store = perEvent(await bytes(["event"]));
  const days = perEvent(await bytes(["customer_day", "customer_day_kind"]));
  const present = perEvent((await bytes(["customer_metrics", "customer_stage"])) * settled);
  const people = perEvent(await bytes(["customer", "identity", "customer_trait"]));

  const smallest = data.workspaces.reduce((least, one) => (one.customers < least.customers ? one : least));
  const before = await bytes(log);
  await replay(meter.pool, { workspaceId: smallest.id, asOf: FIRST_DAY, now: NOW });
  const { rows } = await meter.pool.query(sql`
    SELECT count(*) AS n FROM stage_transition WHERE workspace_id = ${smallest.id}`);
  const history = perEvent((((await bytes(log)) - before) * data.customers) / smallest.customers);
  await meter.pool.query("VACUUM ANALYZE");

  const parts = {
    events: store,
    days,
    "metrics and stages": present,
    customers: people,
    "stage log": history,
  };
  const text = Object.entries(parts).map(([name, value]) => `${name} ${value.toFixed(0)}`);
  bench.report({
    id: "G13",
    name: "disk for one event, all in",
    value: Object.values(parts).reduce((sum, one) => sum + one, 0),
    unit: "B",
    target: { atMost: 250 },
    detail: `${text.join(", ")}; ${(rows[0].n / smallest.customers).toFixed(1)} transitions a customer`,
  });
}
