import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CLEAN = "-- This is an empty migration.";

/** The script Prisma would write to bring the migrations' end state to the schema. */
async function drift(): Promise<string> {
  const args = [
    "migrate",
    "diff",
    "--from-migrations",
    "prisma/migrations",
    "--to-schema",
    "prisma/schema.prisma",
    "--script",
  ];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["node_modules/prisma/build/index.js", ...args],
    {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: inject("postgresUrl") },
    },
  );
  return stdout.trim();
}

it("models the tables of the migrations in schema.prisma, or names them as external", async () => {
  expect(await drift()).toBe(CLEAN);
}, 120_000);
