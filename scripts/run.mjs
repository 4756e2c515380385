// npm run import|report|…: one TypeScript command against the product's database, running or not.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { PROGRAMS } from "./services/commands.mjs";
import { joinEmbeddedPostgres } from "./services/embedded.mjs";
import { generateClient } from "./services/installation.mjs";
import { migrate } from "./services/migrate.mjs";
import { ROOT, runningProduct } from "./services/state.mjs";
import { describeProblem } from "./services/steps.mjs";

/** The database of DATABASE_URL, else the embedded one, brought up for the length of the command if it is down. */
async function database() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, release: async () => {} };
  return joinEmbeddedPostgres((line) => console.error(line));
}

/** Runs the command on our terminal and answers its exit code; 128 + n when signal n ended it. */
function runCommand(file, args, env) {
  const child = spawn(process.execPath, [...PROGRAMS.tsx, file, ...args], {
    cwd: process.cwd(),
    env,
    stdio: "inherit",
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // A terminal sends Ctrl-C to the command as well; without one it has only us to hear it from.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? 128 + constants.signals[signal] : code));
  });
}

async function main([file, ...args]) {
  if (!file) throw new Error("Name the command: node scripts/run.mjs scripts/NAME.ts …");
  if (!existsSync(path.join(ROOT, "node_modules/tsx"))) {
    throw new Error(
      "The dependencies are not installed yet: run npm start (or npm ci --ignore-scripts) first",
    );
  }
  if (existsSync(path.join(ROOT, ".env"))) process.loadEnvFile(path.join(ROOT, ".env"));
  await generateClient();
  const { url, release } = await database();
  try {
    await migrate(url);
    const redisUrl = process.env.REDIS_URL ?? runningProduct()?.redisUrl;
    const env = { ...process.env, DATABASE_URL: url, LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" };
    return await runCommand(path.resolve(ROOT, file), args, redisUrl ? { ...env, REDIS_URL: redisUrl } : env);
  } finally {
    await release();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(describeProblem(error));
    process.exit(1);
  },
);
