import { env } from "@/lib/platform/env";
import { type Log, log as processLog } from "@/lib/platform/log";
import { type JobsQueue, openQueueBackend, type QueueBackend } from "./backend";
import {
  type JobName,
  type JobPayload,
  jobContracts,
  jobKey,
  parsePayload,
  type QueueName,
  queueNames,
  RECONCILE_EVERY_MS,
} from "./contracts";
import { throttledErrors } from "./throttled-errors";

/** The doorbell: it wakes a worker. What there is to do stands in Postgres, so a bell nobody hears loses nothing. */
export interface JobQueue {
  /**
   * Asks for a job and says whether the queue took it. Never throws for a queue that is away: the reconciler finds
   * the work. Equal jobs that wait are one job; one that is asked for while it runs, runs once more.
   */
  ring<N extends JobName>(name: N, payload: JobPayload<N>): Promise<boolean>;
  /** Puts the schedule (back) in place when it is missing or has stopped. Answers whether it stands. */
  ensureSchedule(now: Date): Promise<boolean>;
  /** Milliseconds since the schedule last rang; null when there is no schedule or no answer. */
  scheduleAgeMs(now: Date): Promise<number | null>;
  close(): Promise<void>;
}

/** A queue that has not answered by then is away. */
const ANSWER_WITHIN_MS = 2_000;
const SCHEDULE = "reconcile";

interface Ringing {
  again: boolean;
  heard: Promise<boolean>;
}

/** The sending end of every queue over one backend; closing it leaves the backend open. */
export function openJobQueue(backend: QueueBackend, log: Log): JobQueue {
  const failed = throttledErrors(log);
  const queues = Object.fromEntries(queueNames.map((name) => [name, backend.openQueue(name)])) as Record<
    QueueName,
    JobsQueue
  >;
  for (const queue of Object.values(queues))
    queue.on("error", (error) => failed(`queue ${queue.name}`, error));

  async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await within(ANSWER_WITHIN_MS, work());
    } catch (error) {
      failed(what, error as Error);
      return undefined;
    }
  }

  const add = async <N extends JobName>(name: N, payload: JobPayload<N>): Promise<boolean> => {
    const { queue, attempts } = jobContracts[name];
    const added = await attempt(`ring ${name}`, () =>
      queues[queue].add(name, payload, {
        attempts,
        backoff: { type: "exponential", delay: 1_000 },
        deduplication: { id: jobKey(name, payload), keepLastIfActive: true },
        removeOnComplete: { count: 100 },
        removeOnFail: { count: 1_000 },
      }),
    );
    return added !== undefined;
  };

  // A burst of equal rings is one: those that arrive while it is on its way share one more.
  const ringing = new Map<string, Ringing>();

  return {
    ring(name, unparsed) {
      const payload = parsePayload(name, unparsed);
      const key = jobKey(name, payload);
      const before = ringing.get(key);
      if (before) {
        before.again = true;
        return before.heard;
      }
      const entry: Ringing = { again: true, heard: Promise.resolve(false) };
      ringing.set(key, entry);
      entry.heard = (async () => {
        let heard = true;
        while (entry.again && heard) {
          entry.again = false;
          heard = await add(name, payload);
        }
        ringing.delete(key);
        return heard;
      })();
      return entry.heard;
    },

    async ensureSchedule(now) {
      const age = await this.scheduleAgeMs(now);
      if (age !== null && age <= 2 * RECONCILE_EVERY_MS) return true;
      // Upsert only: a schedule that is removed and added again quickly can fall silent (BullMQ 3063).
      const upserted = await attempt("schedule", () =>
        queues[jobContracts[SCHEDULE].queue].upsertJobScheduler(
          SCHEDULE,
          { every: RECONCILE_EVERY_MS },
          {
            name: SCHEDULE,
            data: {},
            opts: { removeOnComplete: { count: 10 }, removeOnFail: { count: 10 } },
          },
        ),
      );
      return upserted !== undefined;
    },

    async scheduleAgeMs(now) {
      const found = await attempt("schedule", () =>
        queues[jobContracts[SCHEDULE].queue].getJobScheduler(SCHEDULE),
      );
      if (!found?.next) return null;
      return Math.max(0, now.getTime() - (Number(found.next) - RECONCILE_EVERY_MS));
    },

    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

// On globalThis, so that reloading a module in development does not open another queue.
const held = globalThis as { perennialJobQueue?: Promise<JobQueue> };

async function openFromEnvironment(): Promise<JobQueue> {
  const { DATABASE_URL, REDIS_URL } = env();
  const backend = await openQueueBackend({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL });
  const queue = openJobQueue(backend, processLog);
  return { ...queue, close: () => queue.close().then(backend.close) };
}

/** Rings from a web process or a command, on a queue it opens once; never throws for a queue that is away. */
export async function ring<N extends JobName>(name: N, unparsed: JobPayload<N>): Promise<boolean> {
  const payload = parsePayload(name, unparsed);
  held.perennialJobQueue ??= openFromEnvironment();
  try {
    return await (await held.perennialJobQueue).ring(name, payload);
  } catch (error) {
    held.perennialJobQueue = undefined; // opened again by the next ring
    processLog.warn({ job: name, error: (error as Error).message }, "queue away");
    return false;
  }
}

/** Closes what `ring` opened: for commands, which end. */
export async function closeRing(): Promise<void> {
  const opened = held.perennialJobQueue;
  held.perennialJobQueue = undefined;
  await (await opened)?.close();
}
