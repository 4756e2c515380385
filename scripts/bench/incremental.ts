import { sql } from "@/lib/platform/db";
import { recompute } from "@/lib/stages/recompute";
import type { Bench } from "./bench";
import { NOW, TODAY } from "./data-set";
import { fullRun } from "./full-run";
import type { Cost } from "./meter";

/** Gives every customer of a pseudo-random share one more view today, as the drain would; answers how many. */
async function touch({ meter, data }: Bench, share: number, seed: number): Promise<number> {
  const chosen = sql`workspace_id = ${data.main.id} AND (hashint8(customer_id + ${seed}) & 1048575) < ${Math.round(share * 1048576)}`;
  await meter.pool.query(sql`
    INSERT INTO customer_day AS d (workspace_id, customer_id, day, first_at, last_at, revenue, refunded, order_max, events,
      orders, refunds, views, likes, comments, shares, carts, logins, searches, favourites, follows, complaints)
    SELECT workspace_id, customer_id, ${TODAY}::date, ${NOW}::timestamptz, ${NOW}::timestamptz, 0, 0, 0, 1,
      0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
    FROM customer WHERE ${chosen} ORDER BY customer_id
    ON CONFLICT (workspace_id, customer_id, day) DO UPDATE SET events = d.events + 1, views = d.views + 1,
      last_at = greatest(d.last_at, excluded.last_at)`);
  const { rowCount } = await meter.pool.query(sql`
    INSERT INTO customer_dirty (workspace_id, customer_id, day)
    SELECT workspace_id, customer_id, ${TODAY}::date FROM customer WHERE ${chosen} ORDER BY customer_id`);
  return rowCount ?? 0;
}

const tidy = ({ meter }: Bench) =>
  meter.pool.query("VACUUM ANALYZE customer_day, customer_metrics, customer_stage, customer_dirty");

async function incrementalRun(bench: Bench, expected: number): Promise<Cost> {
  const { meter, data } = bench;
  return meter.cost(async () => {
    const { evaluated } = await recompute(meter.pool, {
      workspaceId: data.main.id,
      mode: "incremental",
      asOf: TODAY,
      now: NOW,
    });
    if (evaluated < expected)
      throw new Error(`${expected} customers were dirty, ${evaluated} were evaluated`);
  });
}

async function perCustomer(bench: Bench, fullRunCpu: number, share: number, limit: number): Promise<void> {
  const runs: { cost: Cost; dirty: number }[] = [];
  for (const seed of [1, 2, 3]) {
    const dirty = await touch(bench, share, seed * 1009);
    await tidy(bench);
    runs.push({ dirty, cost: await incrementalRun(bench, dirty) });
  }
  runs.sort((a, b) => a.cost.backend / a.dirty - b.cost.backend / b.dirty);
  const { cost, dirty } = runs[0]!;
  const each = cost.backend / dirty;
  const fullEach = fullRunCpu / bench.data.main.customers;
  const percent = `${share * 100} %`;
  bench.report({
    id: `G3 ${percent}`,
    name: `incremental, ${percent} dirty: a dirty customer ÷ one of a full run`,
    value: each / fullEach,
    unit: "x",
    target: { atMost: limit },
    detail: `${dirty} customers, ${(cost.backend * 1000).toFixed(0)} ms CPU, ${(each * 1e6).toFixed(0)} against ${(fullEach * 1e6).toFixed(1)} µs each`,
  });
}

/** A share of customers changes: settled by incremental runs, and the same by full ones in turn; the cheapest of each. */
async function againstFull(bench: Bench, share: number): Promise<number> {
  const incremental: number[] = [];
  const full: number[] = [];
  for (let round = 0; round < 3; round++) {
    const dirty = await touch(bench, share, 5003);
    await tidy(bench);
    incremental.push((await incrementalRun(bench, dirty)).backend);
    await touch(bench, share, 5003);
    await bench.meter.pool.query(sql`DELETE FROM customer_dirty`);
    await tidy(bench);
    full.push((await fullRun(bench, TODAY)).cost.backend);
  }
  return Math.min(...incremental) / Math.min(...full);
}

/** G3: what a dirty customer costs when few, some and many are, against a customer of the full run; never much dearer than one. */
export async function measureIncremental(bench: Bench, fullRunCpu: number): Promise<void> {
  await perCustomer(bench, fullRunCpu, 0.001, 15);
  await perCustomer(bench, fullRunCpu, 0.01, 10);
  await perCustomer(bench, fullRunCpu, 0.1, 6);
  const shares = [0.25, 0.5, 1];
  const ratios: number[] = [];
  for (const share of shares) ratios.push(await againstFull(bench, share));
  bench.report({
    id: "G3 most",
    name: "incremental ÷ full run of the same changes, the worst",
    value: Math.max(...ratios),
    unit: "x",
    target: { atMost: 1.2 },
    detail: shares.map((share, i) => `${share * 100} % dirty ${ratios[i]!.toFixed(2)}`).join(", "),
  });
}
