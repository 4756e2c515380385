import { z } from "zod";

/**
 * Queues by appetite: many light jobs, few heavy ones, and files that may take an hour. A full recompute never holds up what
 * comes in, and a large file holds up neither.
 */
export const queueNames = ["intake", "lifecycle", "imports"] as const;
export type QueueName = (typeof queueNames)[number];

const workspaceId = z.number().int().positive();
/** The scheduled instant a job stands for, ISO text. */
const slotAt = z.iso.datetime();

interface JobContract {
  queue: QueueName;
  /** Ids and instants, never records: the handler reads the present state itself. */
  payload: z.ZodObject;
  /** Deliveries before the queue parks the job. Slot jobs are tried again by their run row instead (lib/runs). */
  attempts: number;
}

/** Every job there is. Payloads are parsed by the producer and again by the worker. */
export const jobContracts = {
  /** The inbox of a workspace has rows. */
  drain: { queue: "intake", payload: z.object({ workspaceId }), attempts: 5 },
  /** Look for work nobody was told about. */
  reconcile: { queue: "intake", payload: z.object({}), attempts: 1 },
  /** Customers of a workspace changed, or its local day turned. */
  "recompute-incremental": { queue: "lifecycle", payload: z.object({ workspaceId }), attempts: 5 },
  /** A step of an import (dry run, import, undo) was asked for in the workspace. */
  "import-step": { queue: "imports", payload: z.object({ workspaceId }), attempts: 5 },
  /** The nightly slot of a workspace has come. */
  "recompute-full": { queue: "lifecycle", payload: z.object({ workspaceId, slotAt }), attempts: 1 },
  /** Somebody asked for the quarantine of a source to be sent through the intake again (run.input). */
  "replay-quarantine": {
    queue: "lifecycle",
    payload: z.object({ workspaceId, runId: z.number().int().positive() }),
    attempts: 1,
  },
  /** Somebody asked for sample data to be loaded or removed (run.input). */
  "sample-data": {
    queue: "imports",
    payload: z.object({ workspaceId, runId: z.number().int().positive() }),
    attempts: 1,
  },
  /** The hourly slot of a workspace has come. */
  "check-invariants": { queue: "lifecycle", payload: z.object({ workspaceId, slotAt }), attempts: 1 },
} as const satisfies Record<string, JobContract>;

export type JobName = keyof typeof jobContracts;
export type JobPayload<N extends JobName> = z.infer<(typeof jobContracts)[N]["payload"]>;

/** One job to do, as a value. */
export type Job = { [N in JobName]: { name: N; payload: JobPayload<N> } }[JobName];

/** What a job did, for the log and the run row. */
export type Counts = Record<string, number>;

/** One handler for every job: a job without one does not compile. */
export type Handlers<Context> = {
  [N in JobName]: (context: Context, payload: JobPayload<N>) => Promise<Counts>;
};

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobContracts, name);

/** The payload of that job; throws a ZodError when it is malformed. */
export const parsePayload = <N extends JobName>(name: N, payload: unknown): JobPayload<N> =>
  jobContracts[name].payload.parse(payload) as JobPayload<N>;

/** What makes two deliveries the same work: name and payload. At most one of them waits while one runs. */
export const jobKey = <N extends JobName>(name: N, payload: JobPayload<N>): string =>
  [name, ...Object.values(payload)].join("/");

/** Beside the reconciler's own timer the queue rings it this often: a sign of life for the schedule itself. */
export const RECONCILE_EVERY_MS = 60_000;
