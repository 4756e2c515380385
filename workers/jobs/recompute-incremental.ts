import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { recomputeNow } from "@/lib/stages/recompute-now";
import type { WorkerContext } from "../context";

/** Settles the stages of the customers that changed or came due, as of the day the workspace lives in. */
export async function recomputeIncremental(
  context: WorkerContext,
  { workspaceId }: JobPayload<"recompute-incremental">,
): Promise<Counts> {
  const { pool, clock } = context;
  return { ...(await recomputeNow(pool, { workspaceId, mode: "incremental", clock })) };
}
