import type { Counts, JobPayload } from "@/lib/jobs/contracts";
import { checkInvariants } from "@/lib/stages/invariants";
import type { WorkerContext } from "../context";
import { runSlot } from "../run-slot";

/** Counts the violations of each invariant of a workspace for its hourly slot; any is logged as an error. */
export function checkInvariantsOfWorkspace(
  context: WorkerContext,
  { workspaceId, slotAt }: JobPayload<"check-invariants">,
): Promise<Counts> {
  return runSlot(context, { workspaceId, job: "check-invariants", slotAt }, async () => {
    const results = await checkInvariants(context.pool, workspaceId);
    for (const { id, violations, detail } of results)
      if (violations > 0)
        context.log.error({ workspaceId, invariant: id, violations, detail }, "invariant broken");
    return Object.fromEntries(results.map(({ id, violations }) => [id, violations]));
  });
}
