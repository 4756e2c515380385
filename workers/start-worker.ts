import { openQueueBackend, type QueueBackend } from "@/lib/jobs/backend";
import { type QueueName, queueNames } from "@/lib/jobs/contracts";
import { openJobQueue } from "@/lib/jobs/queue";
import { assertRedisKeepsJobs } from "@/lib/jobs/redis";
import { throttledErrors } from "@/lib/jobs/throttled-errors";
import type { Clock } from "@/lib/platform/clock";
import { assertUtc, openPool } from "@/lib/platform/db";
import type { Log } from "@/lib/platform/log";
import { assertClocksAgree } from "./clock-skew";
import type { WorkerContext } from "./context";
import { startHealthServer } from "./health-server";
import { readinessChecks } from "./readiness";
import { startReconcileTimer } from "./reconcile-timer";
import { runJob } from "./run-job";

export interface WorkerOptions {
  databaseUrl: string;
  redisUrl?: string;
  /** Of the health server; absent: a free one. */
  healthPort?: number;
  poolSize: number;
  clock: Clock;
  log: Log;
}

export interface RunningWorker {
  healthPort: number;
  queueKind: QueueBackend["kind"];
  /** Stops claiming, lets what is in flight finish, closes everything. Later calls await the first. */
  close(): Promise<void>;
}

/** Jobs a worker does at the same time, by queue. */
const CONCURRENCY: Record<QueueName, number> = { intake: 2, lifecycle: 2, imports: 2 };
// The job of a killed worker is free again after lock and scan: 13 s at most.
const LOCK_MS = 10_000;
const STALLED_SCAN_MS = 3_000;

/** Opens what a worker needs and starts it; throws, with nothing left open, when a check of the start fails. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl, redisUrl, clock, log } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const pool = openPool(databaseUrl, options.poolSize, "perennial_worker");
    closers.push(() => pool.end());
    const directory = openPool(databaseUrl, 1, "perennial_directory");
    closers.push(() => directory.end());
    await assertUtc(pool);
    await assertClocksAgree(pool, clock);
    if (redisUrl) await assertRedisKeepsJobs(redisUrl, (message) => log.warn(message));

    const backend = await openQueueBackend({ databaseUrl, redisUrl });
    closers.push(backend.close);
    const queue = openJobQueue(backend, log);
    closers.push(queue.close);

    let stopping = false;
    const isStopping = () => stopping;
    const context: WorkerContext = { pool, directory, queue, clock, log, isStopping };
    const workers = queueNames.map((name) => openWorker(backend, name, context));
    closers.push(() => Promise.all(workers.map((worker) => worker.close())));
    const timer = startReconcileTimer(context);
    closers.push(timer.stop);

    const checks = readinessChecks({ pool, queue, timer, clock, isStopping });
    const health = await startHealthServer(options.healthPort, checks);
    closers.unshift(health.close); // last: it tells the world that we are stopping

    let closed: Promise<void> | undefined;
    return {
      healthPort: health.port,
      queueKind: backend.kind,
      close() {
        stopping = true;
        closed ??= closeAll();
        return closed;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function openWorker(backend: QueueBackend, name: QueueName, context: WorkerContext) {
  const worker = backend.openWorker(
    name,
    (job) =>
      runJob(context, { id: job.id ?? "", name: job.name, data: job.data, attempt: job.attemptsStarted }),
    {
      concurrency: CONCURRENCY[name],
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_SCAN_MS,
      maxStalledCount: 3,
      runRetryDelay: 1_000,
    },
  );
  const failed = throttledErrors(context.log);
  worker.on("error", (error) => failed(`worker ${name}`, error));
  return worker;
}
