import { spawn } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { customersBetween } from "@/lib/metrics/plan";
import { openPool, type Pool, sql, transaction } from "@/lib/platform/db";
import { type DecidingModel, listDecidingModels } from "@/lib/stages/queries";
import { shardRange } from "@/lib/stages/shard";
import { settleDaySql } from "@/lib/stages/sql/settle-day";
import type { Bench, BenchTask } from "./bench";
import { NOW, TODAY, ZONE } from "./data-set";
import { shardsOf } from "./metrics-query";

/** Settles one shard as recompute does: one transaction under the shard's lock. */
async function settleShard(pool: Pool, { workspaceId, shard, model }: BenchTask): Promise<void> {
  const version = model.versions[0]!;
  await transaction(pool, async (db) => {
    await db.query(sql`SELECT pg_advisory_xact_lock((${workspaceId}::bigint << 32) | ${shard}::bigint)`);
    await db.query(
      settleDaySql({
        workspaceId,
        timeZone: ZONE,
        asOf: TODAY,
        scope: customersBetween(...shardRange(shard)),
        model: version.definition,
        modelId: model.modelId,
        version: version.version,
        withStandard: true,
        recordedAt: NOW,
      }),
    );
  });
}

/** Seconds until `workers` have settled every shard of every workspace, taking shards off one list. */
async function settleAll(bench: Bench, models: Map<number, DecidingModel>, workers: number): Promise<number> {
  const tasks = bench.data.workspaces.flatMap(({ id }) =>
    shardsOf(bench).map((shard) => ({ workspaceId: id, shard, model: models.get(id)! })),
  );
  const pool = openPool(bench.url, workers);
  try {
    await Promise.all(Array.from({ length: workers }, () => pool.query("SELECT 1")));
    const since = performance.now();
    const work = async () => {
      for (let task = tasks.shift(); task; task = tasks.shift()) await settleShard(pool, task);
    };
    await Promise.all(Array.from({ length: workers }, work));
    return (performance.now() - since) / 1000;
  } finally {
    await pool.end();
  }
}

/** G9: all shards of all workspaces settled by two workers against one, on the wall: tells something on a quiet machine only. */
export async function measureTwoWorkers(bench: Bench): Promise<void> {
  const models = new Map<number, DecidingModel>();
  for (const { id } of bench.data.workspaces)
    models.set(id, (await listDecidingModels(bench.meter.pool, id))[0]!);
  await settleAll(bench, models, 2);
  await bench.meter.pool.query("VACUUM ANALYZE");
  const one: number[] = [];
  const two: number[] = [];
  for (let i = 0; i < 3; i++) {
    one.push(await settleAll(bench, models, 1));
    two.push(await settleAll(bench, models, 2));
  }
  const [alone, together] = [Math.min(...one), Math.min(...two)];
  bench.report({
    id: "G9",
    name: "two workers ÷ one, shards of all workspaces (wall)",
    value: alone / together,
    unit: "x",
    target: { atLeast: 1.5 },
    detail: `${alone.toFixed(2)} s against ${together.toFixed(2)} s`,
  });
}

const memoryLine = z.object({ evaluated: z.number(), peakMb: z.number() });

/** A process of its own that recomputes a workspace as a worker does; answers its highest resident memory. */
async function memoryOf(bench: Bench, workspaceId: number): Promise<z.infer<typeof memoryLine>> {
  const file = path.join(import.meta.dirname, "worker-memory.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file, String(workspaceId)], {
    env: { ...process.env, DATABASE_URL: bench.url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The worker of workspace ${workspaceId} ended with ${code}`);
  return memoryLine.parse(JSON.parse(output));
}

/** Resident memory of a worker that settles a whole workspace, dirty to the last customer, whatever its size. */
export async function measureMemory(bench: Bench): Promise<void> {
  const { main, workspaces } = bench.data;
  const least = workspaces.reduce((small, one) => (one.customers < small.customers ? one : small));
  const few = await memoryOf(bench, least.id);
  const many = await memoryOf(bench, main.id);
  bench.report({
    id: "MEM",
    name: "worker: highest resident memory",
    value: many.peakMb,
    unit: "MB",
    target: { atMost: 300 },
    detail: `${few.peakMb.toFixed(0)} MB for ${few.evaluated} customers, ${many.peakMb.toFixed(0)} MB for ${many.evaluated}`,
  });
  bench.report({
    id: "MEM flat",
    name: `worker: memory for ${Math.round(many.evaluated / few.evaluated)} times as many customers`,
    value: many.peakMb / few.peakMb,
    unit: "x",
    target: { atMost: 1.5 },
    detail: "",
  });
}
