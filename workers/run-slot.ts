import type { Counts } from "@/lib/jobs/contracts";
import { startSlotRun, takeOverSlotRun } from "@/lib/runs/mutations";
import type { SlotJob } from "@/lib/runs/schema";
import type { WorkerContext } from "./context";
import { workOnRun } from "./work-on-run";

/**
 * Does the work of a scheduled slot once, whoever asks how often: takes the slot, or takes it over from a worker that fell
 * silent. `work` must be safe to do twice (work-on-run.ts).
 */
export async function runSlot(
  context: WorkerContext,
  slot: { workspaceId: number; job: SlotJob; slotAt: string },
  work: (report: (counts: Counts) => void) => Promise<Counts>,
): Promise<Counts> {
  const { pool, clock } = context;
  const at = { ...slot, slotAt: new Date(slot.slotAt), now: clock() };
  const claim = (await startSlotRun(pool, at)) ?? (await takeOverSlotRun(pool, at));
  if (!claim) return { skipped: 1 };

  return workOnRun(context, claim, work);
}
