import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { loadSample, removeSample } from "@/lib/onboarding/mutations";
import { sampleInput } from "@/lib/onboarding/schema";
import { takeRequestedRun } from "@/lib/runs/mutations";
import type { WorkerContext } from "../context";
import { workOnRun } from "../work-on-run";

/** Loads or removes the sample data of a workspace, as somebody asked; taken over by another worker it is done again. */
export async function changeSampleData(
  context: WorkerContext,
  { workspaceId, runId }: JobPayload<"sample-data">,
): Promise<Counts> {
  const { pool, clock } = context;
  const claim = await takeRequestedRun(pool, { workspaceId, runId, job: "sample-data", now: clock() });
  if (!claim) return { skipped: 1 };
  const { act, at } = sampleInput.parse(claim.input);
  const work = act === "load" ? loadSample : removeSample;
  return workOnRun(context, claim, (report) => work(pool, { workspaceId, at, clock, onProgress: report }));
}
