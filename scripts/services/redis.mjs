import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./ports.mjs";
import { findProgram } from "./programs.mjs";

const OLDEST = [6, 2];

/** True when `binary` is a Redis or Valkey server new enough for BullMQ. */
function isUsable(binary) {
  const asked = spawnSync(binary, ["--version"], { encoding: "utf8" });
  const version = /v=(\d+)\.(\d+)/.exec(asked.stdout ?? "");
  if (asked.status !== 0 || !version) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The Redis or Valkey server on PATH, 6.2 or newer; null when there is none. */
export function redisOnPath() {
  const found = ["redis-server", "valkey-server"].map(findProgram).filter(Boolean);
  return found.find(isUsable) ?? null;
}

const wrapperOf = (folder) => path.join(folder, "redis-server");

/** Debian packages can be unpacked into a folder without being installed: no root, no service started. */
function unpackRedis(folder) {
  if (!findProgram("apt-get") || !findProgram("dpkg")) return false;
  const at = (name) => path.join(folder, name);
  mkdirSync(at("lists/partial"), { recursive: true });
  mkdirSync(at("cache/archives/partial"), { recursive: true });
  const options = [
    "Debug::NoLocking=1",
    `Dir::State::Lists=${at("lists")}`,
    `Dir::Cache=${at("cache")}`,
    "APT::Sandbox::User=",
  ];
  const apt = (...args) =>
    spawnSync("apt-get", ["-qq", ...options.flatMap((one) => ["-o", one]), ...args], { stdio: "ignore" })
      .status === 0;
  const packages = ["redis-server", "redis-tools"];
  const fetched =
    apt("update") &&
    apt("--no-install-recommends", "--reinstall", "--download-only", "-y", "install", ...packages);
  if (!fetched) return false;
  spawnSync("/bin/sh", [
    "-c",
    'for deb in "$0"/cache/archives/*.deb; do dpkg -x "$deb" "$0/root"; done',
    folder,
  ]);
  for (const rest of ["lists", "cache"]) rmSync(at(rest), { recursive: true, force: true });
  const libraries = '"$here/root/usr/lib/$(uname -m)-linux-gnu"';
  writeFileSync(
    wrapperOf(folder),
    `#!/bin/sh\nhere=$(dirname "$0")\nexport LD_LIBRARY_PATH=${libraries}\nexec "$here/root/usr/bin/redis-server" "$@"\n`,
  );
  chmodSync(wrapperOf(folder), 0o755);
  return isUsable(wrapperOf(folder));
}

/**
 * A Redis server program for tests: PERENNIAL_REDIS_SERVER, PATH, a copy unpacked earlier, or one unpacked now into
 * `toolsDir` from the system's packages. Throws one sentence with the command to run when there is no way.
 * @param {{ toolsDir: string, log?: (line: string) => void }} options
 */
export function ensureRedis({ toolsDir, log = () => {} }) {
  const named = process.env.PERENNIAL_REDIS_SERVER;
  if (named && isUsable(named)) return named;
  const found = redisOnPath();
  if (found) return found;
  const folder = path.join(toolsDir, "redis");
  if (existsSync(wrapperOf(folder)) && isUsable(wrapperOf(folder))) return wrapperOf(folder);
  log("no Redis on this machine: unpacking one from the system's packages");
  rmSync(folder, { recursive: true, force: true });
  if (unpackRedis(folder)) return wrapperOf(folder);
  rmSync(folder, { recursive: true, force: true });
  throw new Error(
    "The tests need Redis or Valkey 6.2 or newer and could not fetch one; install it and run again: " +
      "sudo apt-get install redis-server (Debian, Ubuntu), sudo dnf install valkey (Fedora), brew install redis (macOS)",
  );
}

/** Sends one command to the server and answers the first line of its reply. */
function ask(port, password, command) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    let reply = "";
    const finish = () => {
      socket.destroy();
      resolve(reply.split("\r\n")[1] ?? "");
    };
    socket.setTimeout(2_000, finish);
    socket.on("error", finish);
    socket.on("connect", () => socket.write(`AUTH ${password}\r\n${command}\r\n`));
    socket.on("data", (chunk) => {
      reply += chunk;
      if (reply.split("\r\n").length > 2) finish();
    });
  });
}

/** Ends a server that a killed owner left running on this data. */
async function endLeftover(pidFile) {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8"));
  const command = `/proc/${pid}/cmdline`;
  const isOurs = () => existsSync(command) && /redis|valkey/.test(readFileSync(command, "utf8"));
  if (isOurs()) process.kill(pid, "SIGTERM");
  for (let waited = 0; isOurs() && waited < 10_000; waited += 50) await sleep(50);
  rmSync(pidFile, { force: true });
}

/**
 * Starts `binary` with its append-only file in `dataDir` and no eviction, on a free port of 127.0.0.1 under a password
 * made up for this start, unless they are given (a restart its clients shall survive). Answers url, port, `stop()` and `exited`, which resolves when the server ends.
 * @param {{ dataDir: string, binary: string, port?: number, password?: string }} options
 */
export async function startRedis({
  dataDir,
  binary,
  port,
  password = randomBytes(24).toString("base64url"),
}) {
  const folder = path.resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const pidFile = path.join(folder, "redis.pid");
  await endLeftover(pidFile);
  const chosen = port ?? (await freePort());
  const settings = {
    port: chosen,
    bind: "127.0.0.1",
    dir: folder,
    pidfile: pidFile,
    logfile: path.join(folder, "redis.log"),
    daemonize: "no",
    requirepass: password, // through stdin, so that it does not stand in the process list
    save: '""',
    appendonly: "yes",
    "maxmemory-policy": "noeviction",
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${quote(value)}`);
  const server = spawn(binary, ["-"], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  const exited = new Promise((resolve) => {
    server.once("error", resolve);
    server.once("exit", resolve);
  });
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  server.stdin.on("error", () => {});
  server.stdin.end(`${lines.join("\n")}\n`);
  server.unref();
  const deadline = Date.now() + 20_000;
  while ((await ask(chosen, password, "PING")) !== "+PONG") {
    if (ended || Date.now() > deadline) throw new Error(`Redis did not start; see ${settings.logfile}`);
    await sleep(20);
  }
  return {
    url: `redis://:${password}@127.0.0.1:${chosen}`,
    port: chosen,
    pid: server.pid,
    exited,
    async stop() {
      if (ended) return;
      server.ref();
      server.kill("SIGTERM");
      await Promise.race([exited, sleep(10_000, undefined, { ref: false })]);
      if (!ended) server.kill("SIGKILL");
      await exited;
    },
  };
}

const quote = (value) => (typeof value === "string" && value.includes(" ") ? JSON.stringify(value) : value);
