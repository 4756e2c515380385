import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./ports.mjs";
import { reachableBinaries, reachableFolder, serverAccount } from "./postgres-binaries.mjs";

const USER = "app";
const DATABASE = "postgres";

const ownSettings = (durable) => [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "timezone=UTC",
  "shared_buffers=256MB",
  "max_connections=200",
  "max_wal_size=4GB",
  "jit=off",
  "dynamic_shared_memory_type=mmap", // default containers mount only 64 MB of shared memory
  "shared_preload_libraries=pg_stat_statements",
  // Accepted means durable: a real workspace flushes every commit. A throw-away cluster flushes nothing.
  ...(durable
    ? ["fsync=on", "synchronous_commit=on"]
    : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum_naptime=10s"]),
];

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Pid and port of the server that owns the data, from its postmaster.pid; null when it is down. */
function runningServer(data) {
  let lines;
  try {
    lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid)) return null;
  const command = `/proc/${pid}/cmdline`;
  // After a crash another process may have been given the number; its command line does not name our data.
  if (existsSync(command) && !readFileSync(command, "utf8").includes(data)) {
    rmSync(path.join(data, "postmaster.pid"), { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]) };
}

/** True when the server answers a statement under our password: a TCP connect is not enough. */
async function answers(url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

const lastLines = (file, count = 8) =>
  existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n") : "";

/** Creates the cluster beside its final place and renames it there: an interrupted attempt leaves nothing half made. */
function createCluster(home, binaries, account) {
  const data = path.join(home, "data");
  if (existsSync(path.join(data, "PG_VERSION"))) return;
  const fresh = path.join(home, "data.new");
  const password = path.join(home, "password");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  const handed = path.join(fresh, "..", "password.initdb");
  writeFileSync(handed, readFileSync(password), { mode: 0o600 });
  if (account) {
    chownSync(fresh, account.uid, account.gid);
    chownSync(handed, account.uid, account.gid);
  }
  const args = [
    "-D",
    fresh,
    "-U",
    USER,
    "--pwfile",
    handed,
    "-A",
    "scram-sha-256",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
  ];
  const made = spawnSync(path.join(binaries, "bin/initdb"), args, {
    ...account,
    cwd: home,
    encoding: "utf8",
  });
  rmSync(handed, { force: true });
  if (made.status !== 0)
    throw new Error(`Postgres could not create its data in ${fresh}: ${made.stderr || made.error}`);
  renameSync(fresh, data);
}

/** Spawns the server in a session of its own, so that Ctrl-C in the terminal does not stop it before its clients. */
function spawnServer({ home, binaries, account, port, durable, settings }) {
  const out = openSync(path.join(home, "postgres.log"), "a");
  const args = [
    "-D",
    path.join(home, "data"),
    "-p",
    String(port),
    ...[...ownSettings(durable), ...settings].flatMap((one) => ["-c", one]),
  ];
  const server = spawn(path.join(binaries, "bin/postgres"), args, {
    ...account,
    cwd: home,
    detached: true,
    stdio: ["ignore", out, out],
  });
  closeSync(out);
  server.unref();
  const state = { ended: false, exited: undefined };
  state.exited = new Promise((resolve) => {
    server.once("error", resolve);
    server.once("exit", resolve);
  });
  state.exited.then(() => {
    state.ended = true;
  });
  return state;
}

/** Asks for a fast shutdown (clients are cut off, data is written) and waits for the end. */
async function stopServer(data) {
  const server = runningServer(data);
  if (!server) return;
  process.kill(server.pid, "SIGINT");
  const deadline = Date.now() + 30_000;
  // Not "while the process exists": an ended server nobody waits for stays in the process table of many containers.
  while (runningServer(data)?.pid === server.pid) {
    if (Date.now() > deadline)
      throw new Error(`Postgres (process ${server.pid}) does not stop; its data is in ${data}`);
    await sleep(20);
  }
}

/**
 * Brings up the cluster kept in `dataDir` (created on first use) and waits until it answers.
 * A server already running on that data is reused (`reused: true`). `durable: false` gives up crash safety: throw-away data only.
 * `settings` ("work_mem=64MB") go after ours and win. Answers the url of its database, `stop()`, and `exited`, which resolves
 * when a server started here ends.
 * @param {{ dataDir: string, port?: number, durable?: boolean, settings?: string[], log?: (line: string) => void }} options
 */
export async function startPostgres({ dataDir, port, durable = true, settings = [], log = () => {} }) {
  const account = serverAccount();
  const home = reachableFolder(path.resolve(dataDir), account);
  if (home !== path.resolve(dataDir))
    log(`Postgres keeps its data in ${home}, because it can't reach ${dataDir}`);
  const binaries = reachableBinaries(account, home);
  createCluster(home, binaries, account);
  const data = path.join(home, "data");
  const password = readPassword(home);
  const urlOf = (at) => `postgresql://${USER}:${password}@127.0.0.1:${at}/${DATABASE}`;
  const handle = ({ pid, port: at }, exited) => ({
    url: urlOf(at),
    port: at,
    pid,
    home,
    reused: !exited,
    exited: exited ?? new Promise(() => {}),
    stop: () => stopServer(data),
  });

  const deadline = Date.now() + 60_000;
  let attempt;
  let chosen;
  while (Date.now() < deadline) {
    const server = runningServer(data);
    if (server?.port && (await answers(urlOf(server.port)))) return handle(server, attempt?.exited);
    if (!server && (!attempt || attempt.ended)) {
      // A start right after kill -9 fails once while the old backends end; a port can be lost to another process.
      chosen = port ?? (await freePort());
      if (attempt && Date.now() > deadline - 50_000) break;
      attempt = spawnServer({ home, binaries, account, port: chosen, durable, settings });
    }
    await sleep(attempt ? 25 : 100);
  }
  throw new Error(`Postgres did not start on port ${chosen}:\n${lastLines(path.join(home, "postgres.log"))}`);
}

function readPassword(home) {
  try {
    return readFileSync(path.join(home, "password"), "utf8").trim();
  } catch {
    throw new Error(
      `${home}/password is missing, so nobody can sign in to the data beside it; put it back or move ${home} away`,
    );
  }
}

/**
 * The url of the server running on `dataDir`, or null when it is down. Starts nothing.
 * @param {{ dataDir: string }} options
 */
export async function findPostgres({ dataDir }) {
  const folder = path.resolve(dataDir);
  if (!existsSync(folder)) return null;
  const home = reachableFolder(folder, serverAccount());
  const server = runningServer(path.join(home, "data"));
  if (!server?.port) return null;
  const url = `postgresql://${USER}:${readPassword(home)}@127.0.0.1:${server.port}/${DATABASE}`;
  return (await answers(url)) ? url : null;
}
