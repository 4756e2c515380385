import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const MIGRATIONS = path.join(import.meta.dirname, "../../prisma/migrations");
const LOCK = 72_707_369; // the number Prisma's own migrate takes, so that the two exclude each other

const LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

const readMigrations = (folder) =>
  readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "migration.sql")))
    .sort()
    .map((name) => {
      const script = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
    });

async function apply(client, { name, script, checksum }) {
  // One transaction: a migration that fails leaves neither half of itself nor a row to resolve.
  try {
    await client.query("BEGIN");
    await client.query(script);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new Error(`Migration ${name} failed and was rolled back: ${error.message}`);
  }
}

/**
 * Brings the database of `url` up to date with the migrations in `folder` and answers the names it applied, in order.
 * Keeps Prisma's own ledger, so that `prisma migrate` sees the same history. Callers at the same time wait for each other.
 * Refuses a database whose applied migrations differ from the files, or that is ahead of them.
 * @param {string} url
 * @param {{ folder?: string }} [options]
 */
export async function migrate(url, { folder = MIGRATIONS } = {}) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, options: "-c TimeZone=UTC" });
  await client.connect().catch((error) => {
    const { host, pathname } = new URL(url);
    throw new Error(`No database at ${host}${pathname}: ${error.message || error.code}`);
  });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await client.query(LEDGER);
    const { rows } = await client.query(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    );
    const applied = new Map(rows.map((row) => [row.name, row]));
    const migrations = readMigrations(folder);
    const known = new Set(migrations.map(({ name }) => name));
    for (const { name, finished } of rows) {
      if (!finished)
        throw new Error(
          `Migration ${name} was left unfinished by prisma migrate; settle it with "npx prisma migrate resolve"`,
        );
      if (!known.has(name))
        throw new Error(
          `The database has migration ${name}, which this version does not know: it was made by a newer version`,
        );
    }
    const names = [];
    for (const migration of migrations) {
      const done = applied.get(migration.name);
      if (done && done.checksum !== migration.checksum) {
        throw new Error(
          `Migration ${migration.name} was changed after it was applied; restore the file and put the change into a new migration`,
        );
      }
      if (done) continue;
      await apply(client, migration);
      names.push(migration.name);
    }
    return names;
  } finally {
    await client.end(); // ends the session and with it the lock
  }
}
