import { openPool, type Pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";

/** The database as commands see it: with the worker's rights, bound to the workspace they name (workspacePool). */
export interface CommandDatabase {
  pool: Pool;
  /** Which workspaces there are. */
  directory: Pool;
  /** Members and what they may enter. */
  prisma: Prisma;
  close(): Promise<void>;
}

/** Opens it at DATABASE_URL; a connection is made when it is first used. */
export function openCommandDatabase(max = 2): CommandDatabase {
  const { DATABASE_URL } = env();
  const pool = openPool(DATABASE_URL, max, "perennial_worker");
  const directory = openPool(DATABASE_URL, 1, "perennial_directory");
  const prisma = openPrisma(DATABASE_URL, 2, "perennial_directory");
  const close = async () => {
    await Promise.all([pool.end(), directory.end(), prisma.$disconnect()]);
  };
  return { pool, directory, prisma, close };
}
