import { spawn } from "node:child_process";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openQueueBackend, type QueueBackend } from "@/lib/jobs/backend";
import { type Handlers, RECONCILE_EVERY_MS } from "@/lib/jobs/contracts";
import { type JobQueue, openJobQueue } from "@/lib/jobs/queue";
import { AppError } from "@/lib/platform/errors";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import type { WorkerContext } from "@/workers/context";
import { runJob } from "@/workers/run-job";
import { backends, startOutageRedis, type TestBackend } from "./backends";

const log = pino({ level: "silent" });

describe.each(backends)("queue on $kind", ({ kind, start }) => {
  let place: TestBackend;
  let database: TestDatabase;
  let backend: QueueBackend;
  let queue: JobQueue;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    [place, database] = await Promise.all([start(), testDatabase()]);
    backend = await openQueueBackend({ databaseUrl: database.url, redisUrl: place.redisUrl });
    queue = openJobQueue(backend, log);
  });
  afterEach(async () => {
    for (const worker of open.splice(0)) await worker.close();
  });
  afterAll(async () => {
    await queue.close();
    await backend.close();
    await Promise.all([place.stop(), database.drop()]);
  });

  /** A worker on both queues that does what the test says with each job. */
  function work(handle: (name: string, payload: unknown) => Promise<void>) {
    const one = (name: keyof Handlers<WorkerContext>) => async (_: unknown, payload: unknown) => {
      await handle(name, payload);
      return {};
    };
    const registry: Handlers<WorkerContext> = {
      drain: one("drain"),
      reconcile: one("reconcile"),
      "recompute-incremental": one("recompute-incremental"),
      "import-step": one("import-step"),
      "recompute-full": one("recompute-full"),
      "replay-quarantine": one("replay-quarantine"),
      "sample-data": one("sample-data"),
      "check-invariants": one("check-invariants"),
    };
    const { pool } = database;
    const context = { log, queue, pool, directory: pool, clock: () => new Date(), isStopping: () => false };
    const workers = (["intake", "lifecycle"] as const).map((name) => {
      const worker = backend.openWorker(
        name,
        (job) =>
          runJob(
            context,
            { id: job.id ?? "", name: job.name, data: job.data, attempt: job.attemptsStarted },
            registry,
          ),
        { concurrency: 2 },
      );
      worker.on("error", () => {});
      open.push(worker);
      return worker;
    });
    return { intake: workers[0]!, lifecycle: workers[1]! };
  }

  test("lives where it was told to", () => expect(backend.kind).toBe(kind));

  test("a ring reaches a worker with its payload", async () => {
    const seen: unknown[] = [];
    work(async (name, payload) => void seen.push([name, payload]));
    const slotAt = "2026-11-20T02:15:00.000Z";
    expect(await queue.ring("drain", { workspaceId: 7 })).toBe(true);
    expect(await queue.ring("recompute-full", { workspaceId: 7, slotAt })).toBe(true);
    await eventually("both jobs", () => seen.length === 2);
    expect(seen).toContainEqual(["drain", { workspaceId: 7 }]);
    expect(seen).toContainEqual(["recompute-full", { workspaceId: 7, slotAt }]);
  });

  test("a malformed payload never enters the queue", () => {
    expect(() => queue.ring("drain", { workspaceId: -1 })).toThrow();
  });

  test("rings for one workspace wait as one job; those during it bring exactly one more", async () => {
    await Promise.all(Array.from({ length: 20 }, () => queue.ring("drain", { workspaceId: 1 })));
    await queue.ring("drain", { workspaceId: 2 });
    const runs: Record<number, number> = {};
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    work(async (_, payload) => {
      const { workspaceId } = payload as { workspaceId: number };
      runs[workspaceId] = (runs[workspaceId] ?? 0) + 1;
      if (workspaceId === 1 && runs[1] === 1) await held;
    });
    await eventually("the first run", () => runs[1] === 1 && runs[2] === 1);
    for (let ring = 0; ring < 5; ring++) expect(await queue.ring("drain", { workspaceId: 1 })).toBe(true);
    release();
    await eventually("the run for what came meanwhile", () => runs[1] === 2);
    await queue.ring("drain", { workspaceId: 3 });
    await eventually("the next job", () => runs[3] === 1);
    expect(runs).toEqual({ 1: 2, 2: 1, 3: 1 });
  });

  test("a fault is tried again, what can't be mended is parked", async () => {
    const tries = { drain: 0, "recompute-incremental": 0 };
    const { intake, lifecycle } = work(async (name) => {
      const key = name as keyof typeof tries;
      tries[key] += 1;
      if (key === "recompute-incremental") throw new AppError("not_found", 'No workspace "9"');
      if (tries.drain < 3) throw new Error("connection lost");
    });
    const done: string[] = [];
    intake.on("completed", (job) => done.push(`${job.name} completed`));
    lifecycle.on("failed", (job) => done.push(`${job?.name} failed after ${job?.attemptsMade}`));
    await queue.ring("drain", { workspaceId: 9 });
    await queue.ring("recompute-incremental", { workspaceId: 9 });
    await eventually("both ends", () => done.length === 2);
    expect(done.sort()).toEqual(["drain completed", "recompute-incremental failed after 1"]);
    expect(tries).toEqual({ drain: 3, "recompute-incremental": 1 });
    // A parked job does not stand in the way of the next.
    await queue.ring("recompute-incremental", { workspaceId: 9 });
    await eventually("the next one", () => tries["recompute-incremental"] === 2);
  });

  test("a job of a version gone by is completed, a malformed one parked without its handler", async () => {
    const handled: string[] = [];
    const { intake } = work(async (name) => void handled.push(name));
    const ends: string[] = [];
    intake.on("completed", (job) => ends.push(`${job.name} completed`));
    intake.on("failed", (job) => ends.push(`${job?.name} failed`));
    const raw = backend.openQueue("intake");
    await raw.add("sweep-cobwebs", { old: true });
    await raw.add("drain", { workspace: "one" }, { attempts: 5 });
    await eventually("both ends", () => ends.length === 2);
    await raw.close();
    expect(ends.sort()).toEqual(["drain failed", "sweep-cobwebs completed"]);
    expect(handled).toEqual([]);
  });

  test("the schedule stands once however often it is asked for, and comes back when it is lost", async () => {
    const raw = backend.openQueue("intake");
    expect(await queue.scheduleAgeMs(new Date())).toBeNull();
    for (let start = 0; start < 5; start++) expect(await queue.ensureSchedule(new Date())).toBe(true);
    expect(await raw.getJobSchedulersCount()).toBe(1);
    expect(await queue.scheduleAgeMs(new Date())).toBeLessThan(2 * RECONCILE_EVERY_MS);

    await raw.obliterate({ force: true });
    await raw.removeJobScheduler("reconcile");
    expect(await queue.scheduleAgeMs(new Date())).toBeNull();
    expect(await queue.ensureSchedule(new Date())).toBe(true);
    expect(await raw.getJobSchedulersCount()).toBe(1);
    await raw.close();

    const ticks: string[] = [];
    work(async (name) => void ticks.push(name));
    await eventually("the first tick", () => ticks.includes("reconcile"));
  });
});

test("a Redis that is away is answered with false, quickly, and rung again when it is back", async () => {
  const redis = await startOutageRedis();
  const backend = await openQueueBackend({
    databaseUrl: "postgresql://none@127.0.0.1:1/none",
    redisUrl: redis.url,
  });
  const queue = openJobQueue(backend, log);
  expect(await queue.ring("drain", { workspaceId: 1 })).toBe(true);
  await redis.down();
  for (let ring = 0; ring < 3; ring++) {
    const started = performance.now();
    expect(await queue.ring("drain", { workspaceId: 1 })).toBe(false);
    expect(performance.now() - started).toBeLessThan(3_000);
  }
  expect(await queue.scheduleAgeMs(new Date())).toBeNull();
  expect(await queue.ensureSchedule(new Date())).toBe(false);
  await redis.up();
  await eventually("a queue that hears", () => queue.ring("drain", { workspaceId: 1 }));
  await queue.close();
  await backend.close();
  await redis.remove();
});

test("a command rings on the queue its environment names, and closes it", async () => {
  const database = await testDatabase();
  const code = `
    import { closeRing, ring } from "@/lib/jobs/queue";
    console.log(await ring("drain", { workspaceId: 4 }), await ring("drain", { workspaceId: 5 }));
    await closeRing();`;
  const ended = await runScript(code, { DATABASE_URL: database.url, REDIS_URL: undefined });
  expect(ended).toEqual({ code: 0, out: "true true\n" });
  const { rows } = await database.pool.query("SELECT name, data FROM bullmq.job ORDER BY id");
  expect(rows).toEqual([
    { name: "drain", data: { workspaceId: 4 } },
    { name: "drain", data: { workspaceId: 5 } },
  ]);
  await database.drop();

  const away = await runScript(code, { DATABASE_URL: database.url, REDIS_URL: undefined });
  expect(away).toEqual({ code: 0, out: "false false\n" });
});

/** Runs a module in a process of its own: its environment is read once in a life. */
function runScript(code: string, env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  return new Promise<{ code: number | null; out: string }>((resolve) =>
    child.once("close", (ended) => resolve({ code: ended, out })),
  );
}
