import { type Pool, poolConfig } from "@/lib/platform/db";
import { UnboundPool } from "@/lib/platform/workspace-pool";

/**
 * A pool for ingestion: commits are synchronous whatever the server's default, so accepted means on disk, and a server that
 * hangs turns into an answer (503) instead of a queue of waiting senders.
 */
export function openIngestPool(url: string, max: number): Pool {
  const config = poolConfig(url, max, "perennial_web");
  const pool = new UnboundPool({
    ...config,
    options: `${config.options} -c synchronous_commit=on -c statement_timeout=20000`,
    connectionTimeoutMillis: 5_000,
  });
  pool.on("error", () => {}); // an idle connection broke: the next request opens another
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
