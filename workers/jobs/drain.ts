import { drain } from "@/lib/intake/drain";
import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { getWorkspace } from "@/lib/workspaces/queries";
import type { WorkerContext } from "../context";

/** Batches of one turn: a workspace with a long inbox then queues up behind the others. */
const BATCHES_A_TURN = 20;

/** Moves a workspace's inbox into the store, batch by batch, and asks for the stages of the customers it touched. */
export async function drainWorkspace(
  context: WorkerContext,
  { workspaceId }: JobPayload<"drain">,
): Promise<Counts> {
  const { timeZone } = await getWorkspace(context.pool, workspaceId);
  const counts = { claimed: 0, stored: 0, duplicates: 0, customers: 0, merged: 0, quarantined: 0 };
  let empty = false;
  for (let batch = 0; batch < BATCHES_A_TURN && !empty && !context.isStopping(); batch++) {
    const done = await drain(context.pool, { workspaceId, timeZone, now: context.clock() });
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += done[key];
    empty = done.claimed === 0;
  }
  if (!empty) await context.queue.ring("drain", { workspaceId });
  if (counts.claimed > 0) await context.queue.ring("recompute-incremental", { workspaceId });
  return counts;
}
