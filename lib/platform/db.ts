import pg from "pg";
import sql, { type Sql } from "sql-template-tag";
import type { z } from "zod";
import { AppError } from "./errors";
import { UnboundPool } from "./workspace-pool";

export { empty, join, raw } from "sql-template-tag";
export { type WorkspacePool, workspacePool } from "./workspace-pool";
export { type Sql, sql };

/** A pool or one connection of it: whatever can run a statement. */
export type Db = pg.Pool | pg.PoolClient | pg.Client;
export type Pool = pg.Pool;

const INT8 = 20;
const DATE = 1082;

/** Ids and minor units stay below 2^53; a larger one is a fault, not a rounding. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new AppError("bad_input", `${text} is beyond exact integers`);
  return value;
}

const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && oid === INT8) return parseInt8;
    if (format !== "binary" && oid === DATE) return (text: string) => text; // "2026-02-01": a local day, no instant
    return pg.types.getTypeParser(oid, format as "text");
  },
};

/** Whom the product works as: roles that own nothing, so that row-level security binds them (docs/security.md). */
export type DatabaseRole = "perennial_web" | "perennial_worker" | "perennial_directory";

/** The connection option that steps down to the role from the first statement on. */
export const roleOption = (role: DatabaseRole): string => `-c role=${role}`;

/**
 * Connection settings every pool of ours shares: UTC sessions, int8 as number, dates as "YYYY-MM-DD". Without a role it is
 * the login itself, which may own the tables: for migrations and tests.
 */
export function poolConfig(url: string, max = 10, role?: DatabaseRole): pg.PoolConfig {
  return {
    connectionString: url,
    max,
    options: `-c TimeZone=UTC -c jit=off -c max_parallel_workers_per_gather=0${role ? ` ${roleOption(role)}` : ""}`,
    types: types as pg.CustomTypesConfig,
  };
}

/**
 * A pool on UTC, bound to no workspace (workspacePool binds). A connection that breaks (a server restart) fails the statement
 * it was running and is dropped; it never ends the process, idle or in use.
 */
export function openPool(url: string, max?: number, role?: DatabaseRole): Pool {
  const pool = new UnboundPool(poolConfig(url, max, role));
  pool.on("error", () => {});
  // While a connection is lent out the pool does not listen to it, and an event nobody listens to is thrown.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Runs one statement and parses every row: the row schema is the statement's contract. */
export async function queryRows<T>(db: Db, row: z.ZodType<T>, statement: Sql): Promise<T[]> {
  const { rows } = await db.query(statement);
  return rows.map((one) => row.parse(one));
}

/** The only row, or null when there is none. */
export async function findRow<T>(db: Db, row: z.ZodType<T>, statement: Sql): Promise<T | null> {
  const rows = await queryRows(db, row, statement);
  return rows[0] ?? null;
}

/** Runs `work` in one transaction on one connection; any error rolls back and is rethrown. */
export async function transaction<T>(pool: Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Refuses a database whose sessions are not on UTC: instants would be stored shifted without an error. */
export async function assertUtc(db: Db): Promise<void> {
  const { rows } = await db.query("SHOW TimeZone");
  const zone = rows[0]?.TimeZone;
  if (zone !== "UTC")
    throw new AppError("conflict", `Database sessions must be on UTC, this one is on ${zone}`);
}
