import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "@/scripts/services/migrate.mjs";
import { type TestDatabase, testDatabase } from "../support/database";

const ROOT = path.resolve(import.meta.dirname, "../..");

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "perennial-migrations-"));
  cpSync(path.join(ROOT, "prisma/migrations"), folder, { recursive: true });
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function addMigration(name: string, script: string): void {
  cpSync(path.join(ROOT, "prisma/migrations/migration_lock.toml"), path.join(folder, name, "note.toml"));
  writeFileSync(path.join(folder, name, "migration.sql"), script);
}

describe("the migration runner", () => {
  it("applies nothing to a database that is up to date", async () => {
    expect(await migrate(database.url, { folder })).toEqual([]);
  });

  it("applies a new migration once, when two callers ask at the same time", async () => {
    addMigration(
      "29990101000000_probe",
      "CREATE TABLE probe (id int PRIMARY KEY); INSERT INTO probe VALUES (1)",
    );
    const answers = await Promise.all([migrate(database.url, { folder }), migrate(database.url, { folder })]);
    expect(answers.flat()).toEqual(["29990101000000_probe"]);
    expect((await database.pool.query("SELECT id FROM probe")).rows).toEqual([{ id: 1 }]);
  });

  it("leaves nothing of a migration that fails, and applies it once it is mended", async () => {
    addMigration("29990101000000_probe", "CREATE TABLE probe (id int); SELECT 1/0");
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      "Migration 29990101000000_probe failed and was rolled back: division by zero",
    );
    addMigration("29990101000000_probe", "CREATE TABLE probe (id int)");
    expect(await migrate(database.url, { folder })).toEqual(["29990101000000_probe"]);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    addMigration("29990101000000_probe", "CREATE TABLE probe (id int)");
    await migrate(database.url, { folder });
    addMigration("29990101000000_probe", "CREATE TABLE probe (id bigint)");
    await expect(migrate(database.url, { folder })).rejects.toThrow(
      "Migration 29990101000000_probe was changed after it was applied",
    );
  });

  it("refuses a database that is ahead of the files", async () => {
    addMigration("29990101000000_probe", "CREATE TABLE probe (id int)");
    await migrate(database.url, { folder });
    rmSync(path.join(folder, "29990101000000_probe"), { recursive: true });
    await expect(migrate(database.url, { folder })).rejects.toThrow("made by a newer version");
  });
});
