import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { recompute } from "@/lib/stages/recompute";
import { getWorkspace } from "@/lib/workspaces/queries";
import { workspaceDay } from "@/lib/workspaces/schema";
import type { WorkerContext } from "../context";

/** Settles the stages of the customers that changed or came due, as of the day the workspace lives in. */
export async function recomputeIncremental(
  context: WorkerContext,
  { workspaceId }: JobPayload<"recompute-incremental">,
): Promise<Counts> {
  const now = context.clock();
  const asOf = workspaceDay(await getWorkspace(context.pool, workspaceId), now);
  return { ...(await recompute(context.pool, { workspaceId, mode: "incremental", asOf, now })) };
}
