import type { IngestDoor } from "@/lib/intake/ingest";
import { openIngestPool } from "@/lib/intake/ingest-pool";
import type { Pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { webDirectory } from "@/lib/platform/http/connections";

// On globalThis, so that reloading a module in development does not open another pool.
const held = globalThis as { perennialIngestPool?: Pool };

/** Where requests of this process come in. */
export function ingestDoor(): IngestDoor {
  held.perennialIngestPool ??= openIngestPool(env().DATABASE_URL, env().DATABASE_POOL_SIZE);
  return { directory: webDirectory(), pool: held.perennialIngestPool };
}
