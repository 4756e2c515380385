import { standardMetrics } from "@/lib/metrics/standard";
import type { Day } from "@/lib/platform/day";
import { raw, sql } from "@/lib/platform/db";
import { type RecomputeCounts, recompute } from "@/lib/stages/recompute";
import type { Bench } from "./bench";
import { FIRST_DAY, NIGHTS, NOW, TODAY } from "./data-set";
import { floorPass, ofMain } from "./floor";
import type { Cost } from "./meter";

/** One full recompute of the main workspace, as the worker runs it. */
export async function fullRun(
  { meter, data }: Bench,
  asOf: Day,
): Promise<{ cost: Cost; counts: RecomputeCounts }> {
  let counts: RecomputeCounts | undefined;
  const cost = await meter.cost(async () => {
    counts = await recompute(meter.pool, { workspaceId: data.main.id, mode: "full", asOf, now: NOW });
  });
  return { cost, counts: counts! };
}

const written = ["customer_metrics", "customer_stage", "stage_transition", "stage_flow", "stage_model"];

/** Rows of the tables a recompute writes that were written since the transaction. */
async function rowsWrittenSince({ meter }: Bench, transactionId: number): Promise<number> {
  const counts = written.map(
    (table) => `(SELECT count(*) FROM ${table} WHERE xmin::text::bigint >= ${transactionId})`,
  );
  const { rows } = await meter.pool.query(`SELECT (${counts.join(" + ")})::int AS n`);
  return rows[0].n;
}

async function nextTransactionId({ meter }: Bench): Promise<number> {
  const { rows } = await meter.pool.query("SELECT pg_current_xact_id()::text::bigint + 1 AS id");
  return rows[0].id;
}

/** Everybody is settled for the first time: what the nightly run starts from. */
export async function settleFirst(bench: Bench): Promise<void> {
  await fullRun(bench, FIRST_DAY);
  await bench.meter.pool.query("VACUUM ANALYZE");
}

/** G1: the nightly full recompute (every window moves on by a day), against the floor. Answers its CPU seconds. */
export async function measureFullRun(bench: Bench): Promise<number> {
  const floors: number[] = [];
  const nights: { cost: Cost; counts: RecomputeCounts }[] = [];
  for (const night of NIGHTS) {
    floors.push(ofMain(bench, (await bench.meter.cost(floorPass(bench))).backend));
    nights.push(await fullRun(bench, night));
  }
  const floor = Math.min(...floors);
  const { cost, counts } = nights.sort((a, b) => a.cost.backend - b.cost.backend)[0]!;
  bench.report({
    id: "G1",
    name: "nightly full recompute ÷ floor",
    value: cost.backend / floor,
    unit: "F",
    target: { atMost: 1.5 },
    detail: `${cost.backend.toFixed(2)} s CPU, ${((cost.backend / counts.evaluated) * 1e6).toFixed(1)} µs a customer; F ${floor.toFixed(2)} s; ${counts.transitions} transitions`,
  });
  return cost.backend;
}

/** G4: the same run again must write nothing; its write-ahead log against writing everybody's metrics regardless. */
export async function measureUnchanged(bench: Bench): Promise<void> {
  const { meter, data } = bench;
  await meter.pool.query("VACUUM ANALYZE");
  const transactionId = await nextTransactionId(bench);
  let transitions = 0;
  const again = await meter.walOf(async () => {
    transitions = (await fullRun(bench, TODAY)).counts.transitions;
  });
  const rows = await rowsWrittenSince(bench, transactionId);
  const columns = raw(standardMetrics.map(({ column }) => column).join(", "));
  const assignments = raw(standardMetrics.map(({ column }) => `${column} = excluded.${column}`).join(", "));
  const regardless = await meter.walOf(() =>
    meter.pool.query(sql`
      INSERT INTO customer_metrics AS m (workspace_id, customer_id, ${columns})
      SELECT workspace_id, customer_id, ${columns} FROM customer_metrics WHERE workspace_id = ${data.main.id}
      ON CONFLICT (workspace_id, customer_id) DO UPDATE SET ${assignments}`),
  );
  await meter.pool.query("VACUUM FULL customer_metrics");
  await meter.pool.query("ANALYZE customer_metrics");
  bench.report({
    id: "G4 wal",
    name: "unchanged re-run: log ÷ unconditional rewrite",
    value: (100 * again) / regardless,
    unit: "%",
    target: { atMost: 1 },
    detail: `${(again / 1024).toFixed(0)} kB against ${(regardless / 1024 / 1024).toFixed(0)} MB`,
  });
  bench.report({
    id: "G4 rows",
    name: "unchanged re-run: rows written",
    value: rows,
    unit: "rows",
    target: { exactly: 0 },
    detail: "",
  });
  bench.report({
    id: "G4 moves",
    name: "unchanged re-run: transitions",
    value: transitions,
    unit: "",
    target: { exactly: 0 },
    detail: "",
  });
}
