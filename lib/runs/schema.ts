import { z } from "zod";
import type { JobName } from "@/lib/jobs/contracts";

/** Jobs that belong to a scheduled instant and run once for it. */
export const slotJobs = ["recompute-full", "check-invariants"] as const satisfies readonly JobName[];
export const slotJob = z.enum(slotJobs);
export type SlotJob = z.infer<typeof slotJob>;

/** Jobs a person asks for: what they work on stands in their run (run.input), and its number is all the job carries. */
export const requestedJobs = ["replay-quarantine", "sample-data"] as const satisfies readonly JobName[];
export const requestedJob = z.enum(requestedJobs);
export type RequestedJob = z.infer<typeof requestedJob>;

/** A running run that gave no sign of life for this long lost its worker and may be taken over. */
export const LEASE_MS = 20_000;
/** A run that ended without an outcome this often is parked as failed: the fault is in the work, not in the worker. */
export const MAX_ATTEMPTS = 5;

/** The right to finish a run: an older attempt's writes change nothing. */
export const runClaim = z.object({ runId: z.number().int(), attempt: z.number().int() });
export type RunClaim = z.infer<typeof runClaim>;

/** What a workspace has left to do. */
export const pendingWork = z.object({
  /** Accepted events wait in the inbox. */
  inbox: z.boolean(),
  /** Changed customers wait for their stage, or the workspace's day turned since everybody was evaluated. */
  stages: z.boolean(),
});
export type PendingWork = z.infer<typeof pendingWork>;

export const lastSlot = z.object({ job: slotJob, slotAt: z.date().nullable() });
export type LastSlot = z.infer<typeof lastSlot>;

export const waitingRun = z.object({ job: requestedJob, runId: z.number().int() });
export type WaitingRun = z.infer<typeof waitingRun>;

export const stoppedSlot = z.object({ job: slotJob, slotAt: z.date() });
export type StoppedSlot = z.infer<typeof stoppedSlot>;
