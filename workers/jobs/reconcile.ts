import { dropOldFiles } from "@/lib/importing/console/steps";
import type { Counts, Job } from "@/lib/jobs/contracts";
import { workspacePool } from "@/lib/platform/db";
import { listDueJobs } from "@/lib/runs/due-jobs";
import { parkStoppedRuns } from "@/lib/runs/mutations";
import { listWorkspaces } from "@/lib/workspaces/queries";
import type { WorkerContext } from "../context";

/**
 * Rebuilds the queue from the tables: asks for every job they call for and puts the schedule back. Answers the jobs the
 * queue did not take, for a caller that can do them itself.
 */
export async function reconcile(context: WorkerContext): Promise<{ counts: Counts; unheard: Job[] }> {
  const now = context.clock();
  const parked = await tidyEverywhere(context, now);
  const due = await listDueJobs(context, now);
  const scheduled = await context.queue.ensureSchedule(now);
  const unheard: Job[] = [];
  for (const job of due) {
    // A queue that missed one bell is away for all: don't wait for it once more for each.
    const heard = scheduled && unheard.length === 0 && (await context.queue.ring(job.name, job.payload));
    if (!heard) unheard.push(job);
  }
  return { counts: { due: due.length, unheard: unheard.length, parked }, unheard };
}

/** Parks runs nobody will finish and drops files nobody needs any more; answers how many runs. */
async function tidyEverywhere({ directory, pool }: WorkerContext, now: Date): Promise<number> {
  let parked = 0;
  for (const { id: workspaceId } of await listWorkspaces(directory)) {
    const db = workspacePool(pool, workspaceId);
    parked += await parkStoppedRuns(db, { workspaceId, now });
    await dropOldFiles(db, { workspaceId, now });
  }
  return parked;
}
