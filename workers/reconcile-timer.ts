import type { Job } from "@/lib/jobs/contracts";
import type { WorkerContext } from "./context";
import { reconcile } from "./jobs/reconcile";
import { runJob } from "./run-job";

/** The queue may be flushed or away: every worker also looks by itself this often. */
export const LOOK_EVERY_MS = 15_000;
/** After work done without the queue: one job often calls for the next (drained events for stages). */
const LOOK_AGAIN_MS = 1_000;

export interface ReconcileTimer {
  /** When it last looked through the tables to the end; null before the first time. */
  lastLookAt(): Date | null;
  /** Ends it; a look that is under way is waited for. */
  stop(): Promise<void>;
}

/** Looks at once and then every fifteen seconds. Jobs the queue did not take are done here, one after the other. */
export function startReconcileTimer(context: WorkerContext): ReconcileTimer {
  let lastLookAt: Date | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async () => {
    let wait = LOOK_EVERY_MS;
    try {
      const { unheard } = await reconcile(context);
      lastLookAt = context.clock();
      for (const job of unheard) {
        if (stopped) return;
        if (await doHere(context, job)) wait = LOOK_AGAIN_MS;
      }
    } catch (error) {
      context.log.warn({ error: (error as Error).message }, "reconciler could not look");
    } finally {
      if (!stopped) timer = setTimeout(next, wait);
    }
  };
  let running: Promise<void>;
  const next = () => {
    running = look();
  };
  next();

  return {
    lastLookAt: () => lastLookAt,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Does a job the queue did not take; true when it got done. A failure is in the log, and the tables call for it again. */
async function doHere(context: WorkerContext, job: Job): Promise<boolean> {
  try {
    await runJob(context, { id: "unqueued", name: job.name, data: job.payload, attempt: 1 });
    return true;
  } catch {
    return false;
  }
}
