import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { recompute } from "@/lib/stages/recompute";
import { getWorkspace } from "@/lib/workspaces/queries";
import { workspaceDay } from "@/lib/workspaces/schema";
import type { WorkerContext } from "../context";
import { runSlot } from "../run-slot";

/** Evaluates every customer of a workspace once for its nightly slot, as of the day it lives in when it runs. */
export function recomputeFull(
  context: WorkerContext,
  { workspaceId, slotAt }: JobPayload<"recompute-full">,
): Promise<Counts> {
  return runSlot(context, { workspaceId, job: "recompute-full", slotAt }, async (report) => {
    const now = context.clock();
    const asOf = workspaceDay(await getWorkspace(context.pool, workspaceId), now);
    const done = await recompute(context.pool, {
      workspaceId,
      mode: "full",
      asOf,
      now,
      onProgress: (customers, total) => report({ customers, total }),
    });
    return { ...done };
  });
}
