import { openPool, type Pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";

// On globalThis, because bundled routes may each hold their own copy of this module.
const held = globalThis as { perennialPool?: Pool; perennialDirectory?: Pool; perennialPrisma?: Prisma };

/** The one pool of the web process; bind it to a workspace (workspacePool), unbound it sees nothing. */
export function webPool(): Pool {
  held.perennialPool ??= openPool(env().DATABASE_URL, env().DATABASE_POOL_SIZE, "perennial_web");
  return held.perennialPool;
}

/** The directory of the web process: which workspaces there are and which keys open them, asked before one is known. */
export function webDirectory(): Pool {
  held.perennialDirectory ??= openPool(env().DATABASE_URL, env().DATABASE_POOL_SIZE, "perennial_directory");
  return held.perennialDirectory;
}

/** The one Prisma client of the web process: members and what they may enter. */
export function webPrisma(): Prisma {
  held.perennialPrisma ??= openPrisma(env().DATABASE_URL, undefined, "perennial_directory");
  return held.perennialPrisma;
}

/** What finding out who may do what takes. */
export const webSights = () => ({ pool: webPool(), directory: webDirectory(), prisma: webPrisma() });
