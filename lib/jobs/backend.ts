import {
  assertSchemaCompatibility,
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type JobProgress,
  LATEST_SCHEMA_VERSION,
  type Processor,
  Queue,
  runMigrations,
  SchemaMigrationRequiredError,
  Worker,
  type WorkerOptions,
} from "bullmq";
import pg from "pg";
import type { QueueName } from "./contracts";

type AnyFactory = BackendFactory<IQueueBackend, unknown>;
export type JobsQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;
export type JobsWorker = Worker<unknown, unknown, string, IQueueBackend, JobProgress, unknown>;

/** Where jobs wait: Redis when there is one, else tables of BullMQ's own in Postgres. Same behaviour, other speed. */
export interface QueueBackend {
  kind: "redis" | "postgres";
  /** The sending end: answers or fails at once. */
  openQueue(name: QueueName): JobsQueue;
  /** The receiving end: waits for a lost connection as long as it takes. */
  openWorker(
    name: QueueName,
    processor: Processor<unknown, unknown, string>,
    options: WorkerSettings,
  ): JobsWorker;
  close(): Promise<void>;
}

type WorkerSettings = Omit<WorkerOptions<unknown>, "connection">;

const SCHEMA = "bullmq";
/** Keys of ours in a Redis that others may share. */
const PREFIX = "perennial";
/** Seconds a Postgres worker may sleep without looking: a NOTIFY sent while its LISTEN connection is rebuilt is lost. */
const LONGEST_BLOCK_SECONDS = 10;

/** Opens the backend; on Postgres its schema is created on first use. */
export async function openQueueBackend(at: {
  databaseUrl: string;
  redisUrl?: string;
}): Promise<QueueBackend> {
  return at.redisUrl ? redisBackend(at.redisUrl) : await postgresBackend(at.databaseUrl);
}

function redisBackend(url: string): QueueBackend {
  const factory = createRedisBackend as unknown as AnyFactory;
  const sending = { url, maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 5_000 };
  const receiving = {
    url,
    maxRetriesPerRequest: null,
    // A replica promoted under us answers READONLY until we reconnect; 2 sends the command again.
    reconnectOnError: (error: Error) => (error.message.includes("READONLY") ? 2 : false),
  };
  return {
    kind: "redis",
    openQueue: (name) => new Queue(name, { connection: sending, prefix: PREFIX }, factory) as JobsQueue,
    openWorker: (name, processor, options) =>
      new Worker(
        name,
        processor,
        { ...options, connection: receiving, prefix: PREFIX },
        factory,
      ) as JobsWorker,
    close: async () => {},
  };
}

async function postgresBackend(url: string): Promise<QueueBackend> {
  // One pool for all queues and workers of the process: each worker keeps one connection for LISTEN.
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    keepAlive: true,
    options: `-c search_path=${SCHEMA} -c TimeZone=UTC`,
  });
  pool.setMaxListeners(50);
  // A connection that breaks is replaced; unheard, idle or lent out, the event would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await ensureSchema(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const factory: AnyFactory = (name, options, more) => {
    const backend = createPostgresBackend(name, options as never, more);
    Object.defineProperty(backend, "maximumBlockTimeout", { value: LONGEST_BLOCK_SECONDS });
    return backend;
  };
  return {
    kind: "postgres",
    openQueue: (name) => new Queue(name, { connection: pool }, factory) as JobsQueue,
    openWorker: (name, processor, options) =>
      new Worker(name, processor, { ...options, connection: pool }, factory) as JobsWorker,
    close: () => pool.end(),
  };
}

/** Creates or upgrades the queue's tables; processes that start together wait for each other. */
async function ensureSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    const version = await assertSchemaCompatibility(client, SCHEMA).catch((error) => {
      if (error instanceof SchemaMigrationRequiredError) return 0;
      throw error;
    });
    if (version < LATEST_SCHEMA_VERSION) await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
}
