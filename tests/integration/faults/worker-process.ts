import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The name worker processes go by in pg_stat_activity. */
export const WORKER_NAME = "perennial-fault-worker";

export interface WorkerProcess {
  healthPort: number;
  /** Its log so far, parsed. */
  lines: { level: number; msg: string; [key: string]: unknown }[];
  kill(signal: "SIGKILL" | "SIGTERM"): void;
  /** Exit code, or null when a signal ended it. */
  exited: Promise<number | null>;
}

const living = new Map<ChildProcess, WorkerProcess["lines"]>();

/** What the living workers said last: for the report of a test that waited in vain. */
export const lastWords = (): string =>
  [...living.values()].flatMap((lines) => lines.slice(-12).map((line) => JSON.stringify(line))).join("\n");

/** A real worker, as `npm start` runs it, ready for work. */
export async function startWorkerProcess(at: {
  databaseUrl: string;
  redisUrl?: string;
}): Promise<WorkerProcess> {
  const { REDIS_URL: _, WORKER_PORT: __, ...inherited } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: {
      ...inherited,
      DATABASE_URL: at.databaseUrl,
      ...(at.redisUrl ? { REDIS_URL: at.redisUrl } : {}),
      PGAPPNAME: WORKER_NAME,
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: WorkerProcess["lines"] = [];
  living.set(child, lines);
  const exited = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      living.delete(child);
      resolve(code);
    }),
  );
  const healthPort = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = JSON.parse(text);
      lines.push(line);
      if (line.msg === "worker ready") resolve(line.port);
    });
    exited.then((code) =>
      reject(new Error(`The worker ended with ${code}: ${JSON.stringify(lines.at(-1))}`)),
    );
  });
  return { healthPort, lines, kill: (signal) => child.kill(signal), exited };
}

/** Ends every worker a failed test left behind. */
export async function endWorkers(): Promise<void> {
  for (const child of living.keys()) {
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
  }
}
