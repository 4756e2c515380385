import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startPostgres } from "./postgres.mjs";
import { canEnter, serverAccount } from "./postgres-binaries.mjs";

// Ends every server whose pid file lies below the folder, then the folder: what a crash of its owner would leave.
const KEEPER = `cat >/dev/null
for file in "$0"/*/data/postmaster.pid "$0"/*/redis.pid; do
  [ -f "$file" ] || continue
  pid=$(head -n 1 "$file"); kill -INT "$pid" 2>/dev/null
  n=0; while kill -0 "$pid" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done
done
rm -rf "$0"`;

/** A new folder the account of a server can enter, although some systems close the temporary folder to others. */
function newFolder(purpose) {
  const account = serverAccount();
  for (const parent of [tmpdir(), "/tmp", "/var/tmp"]) {
    const folder = mkdtempSync(path.join(parent, `perennial-${purpose}-`));
    chmodSync(folder, 0o755);
    if (canEnter(folder, account)) return folder;
    rmSync(folder, { recursive: true });
  }
  throw new Error("No temporary folder is open to the account Postgres runs under; set TMPDIR to one that is");
}

/**
 * A folder for services of this process alone, outside the project. It goes with `remove()`; should this process be
 * killed, a keeper notices the closed pipe, ends the servers in it and removes it.
 */
export function throwAwayFolder(purpose) {
  const folder = newFolder(purpose);
  const keeper = spawn("/bin/sh", ["-c", KEEPER, folder], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.unref();
  keeper.stdin.unref();
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true });
      keeper.stdin.end();
    },
  };
}

/** A Postgres for the life of this process: nothing is flushed, nothing is kept. */
export async function throwAwayPostgres(purpose) {
  const place = throwAwayFolder(purpose);
  const server = await startPostgres({ dataDir: path.join(place.folder, "postgres"), durable: false });
  return {
    url: server.url,
    folder: place.folder,
    async stop() {
      await server.stop();
      place.remove();
    },
  };
}
