import { systemClock } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { startWorker } from "./start-worker";

/** What is not finished by then is cut off; its transaction rolls back and another worker does it again. */
const SHUTDOWN_MS = 25_000;

try {
  const { DATABASE_URL, REDIS_URL, WORKER_PORT, DATABASE_POOL_SIZE } = env();
  const worker = await startWorker({
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    healthPort: WORKER_PORT,
    poolSize: DATABASE_POOL_SIZE,
    clock: systemClock,
    log,
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      log.info({ signal }, "worker stopping");
      setTimeout(() => {
        log.warn("worker cut off what was in flight");
        process.exit(0);
      }, SHUTDOWN_MS).unref();
      worker.close().then(
        () => process.exit(0),
        (error) => {
          log.error({ err: error }, "worker did not stop cleanly");
          process.exit(1);
        },
      );
    });
  }
  log.info({ port: worker.healthPort, queue: worker.queueKind }, "worker ready");
} catch (error) {
  log.fatal({ error: (error as Error).message }, "worker could not start");
  process.exit(1);
}
