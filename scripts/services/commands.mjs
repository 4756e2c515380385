import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LOGS, ROOT } from "./state.mjs";

const NODE_MODULES = path.join(ROOT, "node_modules");

/** Programs of our dependencies as Node runs them: no shell, no PATH. */
export const PROGRAMS = {
  prisma: [path.join(NODE_MODULES, "prisma/build/index.js")],
  next: [path.join(NODE_MODULES, "next/dist/bin/next")],
  biome: [path.join(NODE_MODULES, "@biomejs/biome/bin/biome")],
  tsc: [path.join(NODE_MODULES, "typescript/bin/tsc")],
  vitest: [path.join(NODE_MODULES, "vitest/vitest.mjs")],
  playwright: [path.join(NODE_MODULES, "@playwright/test/cli.js")],
  tsx: ["--import", "tsx"],
};

/** The last lines of a text, for people who must see why something ended. */
export const tail = (text, lines = 20) => text.trimEnd().split("\n").slice(-lines).join("\n");

const running = new Set();

/** Ends every command that still runs, with its children: this process is about to go. */
export function stopCommands(signal = "SIGTERM") {
  for (const child of running) signalGroup(child, signal);
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/**
 * Runs a program to its end and answers its exit code with everything it wrote. `onLine` sees each line as it comes.
 * It runs in a session of its own, so that it is stopped by us and not behind our back by the terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, onLine?: (line: string) => void }} [options]
 */
export function run(command, args, { env, onLine = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    let rest = "";
    const take = (chunk) => {
      output = (output + chunk).slice(-400_000);
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop();
      for (const line of lines) onLine(line);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", take);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      if (rest) onLine(rest);
      resolve({ code: code ?? 1, signal, output });
    });
  });
}

/** Runs a Node program; see run. */
export const runNode = (program, args, options) => run(process.execPath, [...program, ...args], options);

/**
 * Starts a long-running Node program whose output goes to .perennial/logs/<name>.log.
 * `exited` resolves when it ends; `stop()` asks with SIGTERM, waits, then insists.
 */
export function startService(name, program, args, { env, logDir = LOGS } = {}) {
  mkdirSync(logDir, { recursive: true });
  const file = path.join(logDir, `${name}.log`);
  const log = createWriteStream(file, { flags: "w" });
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const service = {
    name,
    pid: child.pid,
    file,
    ended: false,
    lastLines: () => tail(readFileSync(file, "utf8")),
    exited: new Promise((resolve) => {
      child.once("error", resolve);
      child.once("exit", (code, signal) => resolve(signal ?? code));
    }),
    async stop(patience = 28_000) {
      if (service.ended) return;
      signalGroup(child, "SIGTERM");
      await Promise.race([service.exited, sleep(patience, undefined, { ref: false })]);
      if (!service.ended) signalGroup(child, "SIGKILL");
      await service.exited;
    },
  };
  service.exited.then(() => {
    service.ended = true;
  });
  return service;
}
