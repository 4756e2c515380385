import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { takeRequestedRun } from "@/lib/runs/mutations";
import { replayInput, replaySource } from "@/lib/sources/replay-source";
import type { WorkerContext } from "../context";
import { workOnRun } from "../work-on-run";

/** Sends a source's quarantine through the intake again, as somebody asked; taken over by another worker it goes on where it was. */
export async function replayQuarantineOfSource(
  context: WorkerContext,
  { workspaceId, runId }: JobPayload<"replay-quarantine">,
): Promise<Counts> {
  const { pool, clock } = context;
  const claim = await takeRequestedRun(pool, { workspaceId, runId, job: "replay-quarantine", now: clock() });
  if (!claim) return { skipped: 1 };
  const { sourceId, actor } = replayInput.parse(claim.input);
  return workOnRun(context, claim, async (report) => {
    const counts = await replaySource(pool, {
      workspaceId,
      sourceId,
      actor,
      now: clock(),
      onProgress: report,
      isStopping: () => context.isStopping(),
    });
    if (context.isStopping()) throw new Error("The worker was stopped; another one goes on");
    await context.queue.ring("drain", { workspaceId });
    return { ...counts };
  });
}
