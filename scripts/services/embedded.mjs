import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterDeath } from "./after-death.mjs";
import { startPostgres } from "./postgres.mjs";
import { POSTGRES_DATA, processStart, STATE } from "./state.mjs";

const LEASES = path.join(STATE, "postgres-users");

/** Processes that use the embedded server now; notes of dead ones are cleared away. */
function liveLeases() {
  mkdirSync(LEASES, { recursive: true });
  return readdirSync(LEASES).filter((pid) => {
    const lease = path.join(LEASES, pid);
    const isLive = readFileSync(lease, "utf8") === processStart(pid);
    if (!isLive) rmSync(lease, { force: true });
    return isLive;
  });
}

// The same as release() for a process that was killed: its lease goes, and with the last lease the server.
const RELEASE = `rm -f "$0/$1"; rmdir "$0" 2>/dev/null && kill -INT "$2"`;

/**
 * The product's own Postgres, started if it is down. It serves the product and commands at the same time;
 * whoever releases it last stops it.
 * @param {(line: string) => void} [log]
 */
export async function joinEmbeddedPostgres(log) {
  liveLeases();
  const lease = path.join(LEASES, String(process.pid));
  writeFileSync(lease, processStart(process.pid) ?? "");
  const server = await startPostgres({ dataDir: POSTGRES_DATA, durable: true, log });
  const keeper = afterDeath(RELEASE, [LEASES, String(process.pid), String(server.pid)]);
  return {
    url: server.url,
    exited: server.exited,
    async release() {
      rmSync(lease, { force: true });
      keeper.cancel();
      if (liveLeases().length > 0) return;
      rmdirSync(LEASES);
      await server.stop();
    },
  };
}
