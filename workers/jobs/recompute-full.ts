import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { recomputeNow } from "@/lib/stages/recompute-now";
import type { WorkerContext } from "../context";
import { runSlot } from "../run-slot";

/** Evaluates every customer of a workspace once for its nightly slot, as of the day it lives in when it runs. */
export function recomputeFull(
  context: WorkerContext,
  { workspaceId, slotAt }: JobPayload<"recompute-full">,
): Promise<Counts> {
  return runSlot(context, { workspaceId, job: "recompute-full", slotAt }, async (report) => {
    const done = await recomputeNow(context.pool, {
      workspaceId,
      mode: "full",
      clock: context.clock,
      onProgress: (customers, total) => report({ customers, total }),
    });
    return { ...done };
  });
}
