// npm start: from a fresh clone to a running product, and back down on Ctrl-C. Needs Node alone until it has installed the rest.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { afterDeath } from "./services/after-death.mjs";
import { PROGRAMS, runNode, stopCommands, tail } from "./services/commands.mjs";
import { joinEmbeddedPostgres } from "./services/embedded.mjs";
import { buildConsole, checkNode, generateClient, installDependencies } from "./services/installation.mjs";
import { migrate } from "./services/migrate.mjs";
import { startProduct } from "./services/product.mjs";
import { redisOnPath, startRedis } from "./services/redis.mjs";
import {
  processStart,
  REDIS_DATA,
  ROOT,
  readNote,
  removeNote,
  runningProduct,
  sessionSecret,
  writeNote,
} from "./services/state.mjs";
import { describeProblem, step } from "./services/steps.mjs";

const since = performance.now();

/** What has been started, in that order; stopped from the end. */
const started = [];
let stopping;

async function stopAll() {
  stopCommands();
  for (const { name, stop } of started.reverse()) {
    await step(`Stop ${name}`, stop).catch((error) => console.error(describeProblem(error)));
  }
  if (readNote("running")?.pid === process.pid) removeNote("running");
}

/** Stops everything once and ends with `code`. */
function shutDown(code) {
  stopping ??= stopAll().finally(() => process.exit(code));
  return stopping;
}

function stopOnSignals() {
  let asked = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // npm passes Ctrl-C on although the terminal already sent it: a second one counts only after a moment.
      const now = performance.now();
      if (asked && now - asked > 1_500) {
        stopCommands("SIGKILL");
        process.exit(1); // keepers end what is left
      }
      if (!asked) console.log("\nStopping; data is kept for the next start");
      asked ||= now;
      shutDown(signal === "SIGINT" ? 130 : 0);
    });
  }
}

const noteRunning = (where) =>
  writeNote("running", { pid: process.pid, start: processStart(process.pid), ...where });

async function database() {
  if (process.env.DATABASE_URL)
    return {
      url: process.env.DATABASE_URL,
      note: "yours, by DATABASE_URL",
      identity: process.env.DATABASE_URL,
    };
  const server = await joinEmbeddedPostgres(console.log);
  started.push({ name: "Postgres", stop: server.release });
  // The port changes from start to start; the password was made with the data.
  return {
    url: server.url,
    exited: server.exited,
    note: "embedded, data in .perennial/postgres",
    identity: new URL(server.url).password,
  };
}

async function queue() {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, note: "yours, by REDIS_URL" };
  const binary = redisOnPath();
  if (!binary) return { note: "in Postgres (no REDIS_URL, no Redis on this machine)" };
  const server = await startRedis({ dataDir: REDIS_DATA, binary });
  const keeper = afterDeath('kill -s TERM "$0"', [String(server.pid)]);
  started.push({ name: "Redis", stop: () => server.stop().finally(keeper.cancel) });
  return {
    url: server.url,
    pid: server.pid,
    exited: server.exited,
    note: `${path.basename(binary)}, data in .perennial/redis`,
  };
}

/** Loads the demo workspaces into a database that has not had them; it may be interrupted and goes on next time. */
async function loadDemo({ url, identity }, progress) {
  const key = createHash("sha256").update(identity).digest("hex");
  const loaded = readNote("demo-loaded") ?? [];
  if (loaded.includes(key)) return "there";
  const env = { DATABASE_URL: url, LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };
  const onLine = (line) => line.trim() && progress(line.trim());
  const { code, output } = await runNode(PROGRAMS.tsx, ["scripts/demo.ts"], { env, onLine });
  if (code !== 0)
    throw new Error(
      `Loading the demo failed; npm start goes on with it, npm start -- --no-demo leaves it out:\n${tail(output)}`,
    );
  writeNote("demo-loaded", [...loaded, key]);
  return "loaded";
}

function printSignIns() {
  const signIns = readNote("demo")?.signIns ?? [];
  if (signIns.length === 0) return;
  console.log("\n  Demo sign-ins");
  for (const { role, email, password } of signIns) console.log(`    ${role.padEnd(9)} ${email}  ${password}`);
}

async function main() {
  checkNode();
  if (existsSync(path.join(ROOT, ".env"))) process.loadEnvFile(path.join(ROOT, ".env"));
  const other = runningProduct();
  if (other) {
    console.log(
      `Perennial is already ${other.url ? `running: ${other.url}` : "starting"} (process ${other.pid})`,
    );
    return;
  }
  stopOnSignals();
  noteRunning({});
  const wantsDemo = !process.argv.includes("--no-demo");

  await step("Dependencies", async (progress) =>
    (await installDependencies(progress)) ? "installed" : "there",
  );
  await step("Database client", async () => ((await generateClient()) ? "generated" : "there"));
  const store = await step("Postgres", database);
  const doorbell = await step("Queue", queue);
  await step("Migrations", async () => `${(await migrate(store.url)).length} applied`);
  await step("Console", async (progress) => ((await buildConsole(progress)) ? "built" : "there"));
  if (wantsDemo) await step("Demo", (progress) => loadDemo(store, progress));
  const product = await step("Web and worker", () =>
    startProduct({
      databaseUrl: store.url,
      redisUrl: doorbell.url,
      sessionSecret: sessionSecret(),
      host: process.env.HOST || "127.0.0.1",
      port: Number(process.env.PORT || 3000),
    }),
  );
  const [web, worker] = product.services;
  started.push({ name: "web and worker", stop: () => product.stop() });
  noteRunning({ url: product.url, workerUrl: product.workerUrl, redisUrl: doorbell.url });

  console.log(
    `\n  Perennial is running: ${product.url}   (${((performance.now() - since) / 1000).toFixed(1)} s)`,
  );
  if (wantsDemo) printSignIns();
  console.log("\n  Ctrl-C stops it and keeps its data. Logs: .perennial/logs\n");

  const ended = await Promise.race([
    web.exited.then(() => web),
    worker.exited.then(() => worker),
    ...(doorbell.exited
      ? [doorbell.exited.then(() => ({ name: "Redis", file: ".perennial/redis/redis.log" }))]
      : []),
    ...(store.exited
      ? [store.exited.then(() => ({ name: "Postgres", file: ".perennial/postgres/postgres.log" }))]
      : []),
  ]);
  if (stopping) return stopping;
  console.error(
    `\nThe ${ended.name} ended on its own; its log is ${ended.file}\n${ended.lastLines?.() ?? ""}`,
  );
  await shutDown(1);
}

main().catch(async (error) => {
  if (stopping) return;
  console.error(`\n${describeProblem(error)}`);
  await shutDown(1);
});
