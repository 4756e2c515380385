import type { Counts } from "@/lib/jobs/contracts";
import { failRun, finishRun, touchRun } from "@/lib/runs/mutations";
import { LEASE_MS, type RunClaim } from "@/lib/runs/schema";
import type { WorkerContext } from "./context";

const HEARTBEAT_MS = LEASE_MS / 5;

/**
 * Does the work of a claimed run and keeps the run alive meanwhile; writes its outcome down. `work` must be safe to do twice:
 * a worker cut off from the database can still be at it.
 */
export async function workOnRun(
  context: WorkerContext,
  claim: RunClaim,
  work: (report: (counts: Counts) => void) => Promise<Counts>,
): Promise<Counts> {
  const { pool, clock, log } = context;
  let progress: Counts = {};
  const heartbeat = setInterval(() => {
    touchRun(pool, claim, { counts: progress, now: clock() }).catch((error: Error) =>
      log.warn({ ...claim, error: error.message }, "heartbeat missed"),
    );
  }, HEARTBEAT_MS);
  try {
    const counts = await work((now) => {
      progress = now;
    });
    if (!(await finishRun(pool, claim, { counts, now: clock() }))) log.warn(claim, "run was taken over");
    return counts;
  } catch (error) {
    // Should this write fail as well, the run stays running and is taken over when its lease is over.
    await failRun(pool, claim, { error: (error as Error).message, now: clock() }).catch((failure: Error) =>
      log.warn({ ...claim, error: failure.message }, "run could not be marked failed"),
    );
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
