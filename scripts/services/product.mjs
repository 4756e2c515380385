import { setTimeout as sleep } from "node:timers/promises";
import { afterDeath } from "./after-death.mjs";
import { PROGRAMS, startService } from "./commands.mjs";
import { nextFreePort } from "./ports.mjs";

// Should the owner be killed outright: both are asked to end, and made to if they do not.
const END_GROUPS = `kill -s TERM -- "-$0" "-$1" 2>/dev/null
n=0; while kill -s 0 -- "-$0" "-$1" 2>/dev/null && [ $n -lt 280 ]; do sleep 0.1; n=$((n+1)); done
kill -s KILL -- "-$0" "-$1" 2>/dev/null`;

/** Waits until the service says it is ready for work; a service that ends first is an error with its last lines. */
async function untilReady(service, url, patience = 120_000) {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    if (service.ended)
      throw new Error(`The ${service.name} ended while starting (${service.file}):\n${service.lastLines()}`);
    const isReady = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  throw new Error(
    `The ${service.name} is not ready after ${patience / 1000} s (${service.file}):\n${service.lastLines()}`,
  );
}

/**
 * Starts the built console and the worker on a migrated database and answers when both are ready.
 * Ports in use are stepped around. `stop()` ends the console first: nobody is let in to a product without workers.
 * @param {{ databaseUrl: string, redisUrl?: string, sessionSecret: string, host?: string, port?: number,
 *   workerPort?: number, logDir?: string, env?: Record<string, string> }} options
 */
export async function startProduct({
  databaseUrl,
  redisUrl,
  sessionSecret,
  host = "127.0.0.1",
  port = 3000,
  workerPort,
  logDir,
  env,
}) {
  const webPort = await nextFreePort(port, host);
  const healthPort = await nextFreePort(workerPort ?? webPort + 1);
  const settings = {
    ...env,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    NEXTAUTH_SECRET: sessionSecret,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL,
    AUTH_TRUST_HOST: "true",
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_ENV: "production",
    WORKER_PORT: String(healthPort),
  };
  const web = startService("web", PROGRAMS.next, ["start", "--hostname", host, "--port", String(webPort)], {
    env: settings,
    logDir,
  });
  const worker = startService("worker", PROGRAMS.tsx, ["workers/main.ts"], { env: settings, logDir });
  const keeper = afterDeath(END_GROUPS, [String(web.pid), String(worker.pid)]);
  const product = {
    url: `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${webPort}`,
    workerUrl: `http://127.0.0.1:${healthPort}`,
    services: [web, worker],
    async stop() {
      await web.stop();
      await worker.stop();
      keeper.cancel();
    },
  };
  try {
    await untilReady(web, `${product.url}/readyz`);
    await untilReady(worker, `${product.workerUrl}/readyz`);
  } catch (error) {
    await product.stop();
    throw error;
  }
  return product;
}
