import type { JobQueue } from "@/lib/jobs/queue";
import type { Clock } from "@/lib/platform/clock";
import type { Pool } from "@/lib/platform/db";
import type { Log } from "@/lib/platform/log";

/** What every job may use. Handlers are the edge where the clock is read. */
export interface WorkerContext {
  /** Bound to the workspace the job names; to none in a job that names none. */
  pool: Pool;
  /** Which workspaces there are. */
  directory: Pool;
  queue: Pick<JobQueue, "ring" | "ensureSchedule">;
  clock: Clock;
  log: Log;
  /** True from the moment the process was asked to stop: long jobs end at their next safe point. */
  isStopping(): boolean;
}
