import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterDeath } from "./after-death.mjs";
import { startPostgres } from "./postgres.mjs";
import { canEnter, serverAccount } from "./postgres-binaries.mjs";
import { startRedis } from "./redis.mjs";

// Ends every server whose pid file lies below the folder, then removes the folder.
const CLEAR = `find "$0" -name postmaster.pid -o -name redis.pid | while read -r file; do
  pid=$(head -n 1 "$file"); kill -INT "$pid" 2>/dev/null
  n=0; while [ -f "$file" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done
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
  throw new Error(
    "No temporary folder is open to the account Postgres runs under; set TMPDIR to one that is",
  );
}

/**
 * A folder for this process alone, outside the project. It goes with `remove()`; should this process be killed, the
 * servers in it are ended and it is removed all the same.
 */
export function throwAwayFolder(purpose) {
  const folder = newFolder(purpose);
  const keeper = afterDeath(CLEAR, [folder]);
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true });
      keeper.cancel();
    },
  };
}

/** A service in a throw-away folder: `stop` removes the folder too, `restart` keeps the data, the port and the password. */
async function inThrowAway(purpose, start) {
  const place = throwAwayFolder(purpose);
  let server;
  try {
    server = await start(place.folder, {});
  } catch (error) {
    place.remove();
    throw error;
  }
  const { url, port } = server;
  return {
    url,
    port,
    async restart() {
      await server.stop();
      server = await start(place.folder, { port, password: decodeURIComponent(new URL(url).password) });
    },
    async stop() {
      await server.stop();
      place.remove();
    },
  };
}

/** A Postgres for the life of this process: nothing is flushed, nothing is kept. */
export const throwAwayPostgres = (purpose) =>
  inThrowAway(purpose, (folder, { port }) =>
    startPostgres({ dataDir: path.join(folder, "postgres"), port, durable: false }),
  );

/** A Redis for the life of this process, run by the server program `binary`. */
export const throwAwayRedis = (purpose, binary) =>
  inThrowAway(purpose, (folder, { port, password }) =>
    startRedis({ dataDir: path.join(folder, "redis"), binary, port, password }),
  );
