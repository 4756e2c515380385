import type { Counts } from "@/lib/jobs/contracts";
import { failRun, finishRun, startSlotRun, takeOverSlotRun, touchRun } from "@/lib/runs/mutations";
import { LEASE_MS, type SlotJob } from "@/lib/runs/schema";
import type { WorkerContext } from "./context";

const HEARTBEAT_MS = LEASE_MS / 5;

/**
 * Does the work of a scheduled slot once, whoever asks how often: takes the slot, or takes it over from a worker that fell
 * silent, and keeps its run alive. `work` must be safe to do twice: a worker cut off from the database can still be at it.
 */
export async function runSlot(
  context: WorkerContext,
  slot: { workspaceId: number; job: SlotJob; slotAt: string },
  work: (report: (counts: Counts) => void) => Promise<Counts>,
): Promise<Counts> {
  const { pool, clock, log } = context;
  const at = { ...slot, slotAt: new Date(slot.slotAt), now: clock() };
  const claim = (await startSlotRun(pool, at)) ?? (await takeOverSlotRun(pool, at));
  if (!claim) return { skipped: 1 };

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
