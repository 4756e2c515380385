import { RECONCILE_EVERY_MS } from "@/lib/jobs/contracts";
import type { JobQueue } from "@/lib/jobs/queue";
import type { Clock } from "@/lib/platform/clock";
import type { Pool } from "@/lib/platform/db";
import type { Check } from "./health-server";
import { LOOK_EVERY_MS, type ReconcileTimer } from "./reconcile-timer";

/**
 * What a worker needs to do its work, and that it does it: a schedule or a reconciler silent for more than twice its
 * period counts as dead, however healthy the connections are.
 */
export function readinessChecks(p: {
  pool: Pool;
  queue: JobQueue;
  timer: ReconcileTimer;
  clock: Clock;
  isStopping: () => boolean;
}): Record<string, Check> {
  return {
    process: async () => (p.isStopping() ? "stopping" : null),
    database: async () => {
      await p.pool.query("SELECT 1");
      return null;
    },
    queue: async () => {
      const age = await p.queue.scheduleAgeMs(p.clock());
      return age === null ? "no answer, or no schedule in it" : silence(age, RECONCILE_EVERY_MS);
    },
    reconciler: async () => {
      const last = p.timer.lastLookAt();
      return last === null
        ? "has not looked yet"
        : silence(p.clock().getTime() - last.getTime(), LOOK_EVERY_MS);
    },
  };
}

const silence = (ageMs: number, periodMs: number): string | null =>
  ageMs > 2 * periodMs
    ? `silent for ${Math.round(ageMs / 1000)} s, its period is ${periodMs / 1000} s`
    : null;
