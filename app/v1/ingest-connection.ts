import { openIngestPool } from "@/lib/intake/ingest-pool";
import type { Pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";

// On globalThis, so that reloading a module in development does not open another pool.
const held = globalThis as { perennialIngestPool?: Pool };

/** The pool of this process for ingestion. */
export function ingestPool(): Pool {
  held.perennialIngestPool ??= openIngestPool(env().DATABASE_URL, env().DATABASE_POOL_SIZE);
  return held.perennialIngestPool;
}
