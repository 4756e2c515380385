import { openPool, type Pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";

// On globalThis, because bundled routes may each hold their own copy of this module.
const held = globalThis as { perennialPool?: Pool; perennialPrisma?: Prisma };

/** The one pool of the web process. */
export function webPool(): Pool {
  held.perennialPool ??= openPool(env().DATABASE_URL, env().DATABASE_POOL_SIZE);
  return held.perennialPool;
}

/** The one Prisma client of the web process. */
export function webPrisma(): Prisma {
  held.perennialPrisma ??= openPrisma(env().DATABASE_URL);
  return held.perennialPrisma;
}
