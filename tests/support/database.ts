import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { openPool, type Pool } from "@/lib/platform/db";
import { TEMPLATE, withAdmin, withDatabase } from "./cluster";

export interface TestDatabase {
  url: string;
  pool: Pool;
  /** Closes the pool and removes the database, whoever else is still connected to it. */
  drop(): Promise<void>;
}

/** A fresh, migrated, empty database of its own on the cluster of this run. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await withAdmin(server, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
  const url = withDatabase(server, name);
  const pool = openPool(url);
  return {
    url,
    pool,
    async drop() {
      await pool.end();
      await withAdmin(server, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
