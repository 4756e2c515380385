import { UnrecoverableError } from "bullmq";
import { ZodError } from "zod";
import { type Counts, type Handlers, isJobName, parsePayload } from "@/lib/jobs/contracts";
import { workspacePool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { WorkerContext } from "./context";
import { handlers } from "./handlers";

/** A delivery of a job, as the queue hands it over. */
export interface Delivery {
  id: string;
  name: string;
  data: unknown;
  attempt: number;
}

/**
 * Parse, bind to the workspace, handle, log. An unknown name is completed (its schedule outlived the code that handled it). What trying again
 * can't mend, a malformed payload or an AppError, parks the job; anything else is thrown for the queue to retry.
 */
export async function runJob(
  context: WorkerContext,
  delivery: Delivery,
  registry: Handlers<WorkerContext> = handlers,
): Promise<Counts> {
  const { id, name, data, attempt } = delivery;
  const log = context.log.child({ job: name, jobId: id, attempt });
  if (!isJobName(name)) {
    log.warn("no handler for this job; completed");
    return {};
  }
  const startedAt = performance.now();
  try {
    const payload = parsePayload(name, data);
    // The registry pairs every name with its payload; the compiler can't follow a name that is only known here.
    const handle = registry[name] as (context: WorkerContext, payload: unknown) => Promise<Counts>;
    const pool = "workspaceId" in payload ? workspacePool(context.pool, payload.workspaceId) : context.pool;
    const counts = await handle({ ...context, pool, log }, payload);
    log.info({ ...payload, counts, ms: Math.round(performance.now() - startedAt) }, "job done");
    return counts;
  } catch (error) {
    const parked = error instanceof AppError || error instanceof ZodError;
    // Message and stack alone: a driver's error carries the row it choked on.
    const { message, stack } = error as Error;
    log.error({ error: message, stack, parked, ms: Math.round(performance.now() - startedAt) }, "job failed");
    if (parked) throw new UnrecoverableError(message);
    throw error;
  }
}
