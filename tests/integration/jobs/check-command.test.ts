import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { writeInbox } from "@/lib/intake/inbox";
import { sql } from "@/lib/platform/db";
import { recompute } from "@/lib/stages/recompute";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { workspaceDay } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { randomEvents } from "@/tests/support/random-events";

const now = new Date("2026-11-20T12:00:00Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const { pool } = database;
  for (const slug of ["sound", "damaged"]) {
    const workspace = await createWorkspace(pool, {
      slug,
      name: slug,
      timeZone: "UTC",
      currency: "EUR",
      now,
    });
    const { id: workspaceId, timeZone } = workspace;
    const { sourceId } = await createSource(pool, { workspaceId, name: "shop", kind: "import", now });
    const rows = randomEvents({
      sourceId,
      customers: 20,
      events: 200,
      days: 60,
      until: now,
      seed: 5,
      prefix: slug,
    });
    await writeInbox(pool, workspaceId, rows);
    await drainAll(pool, { workspaceId, timeZone, now });
    await recompute(pool, { workspaceId, mode: "incremental", asOf: workspaceDay(workspace, now), now });
  }
  await pool.query(sql`
    DELETE FROM customer_stage WHERE (workspace_id, customer_id) IN (
      SELECT workspace_id, min(customer_id) FROM customer_stage JOIN workspace w ON w.id = workspace_id
      WHERE w.slug = 'damaged' GROUP BY workspace_id)`);
});
afterAll(() => database.drop());

function check(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/check.ts", ...args], {
    env: { ...process.env, DATABASE_URL: database.url },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

test("a sound workspace passes", async () => {
  const { code, out } = await check("--workspace", "sound", "--json");
  const [one] = JSON.parse(out);
  expect(one.workspace).toBe("sound");
  expect(one.invariants.map((i: { id: string }) => i.id)).toEqual(["I1", "I2", "I3", "I7", "I13", "flow"]);
  expect(code).toBe(0);
});

test("all are checked by default, and one broken promise is the exit code", async () => {
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out).toMatch(/^sound\n( {2}ok .*\n)+damaged\n/);
  expect(out).toMatch(/BROKEN {2}I1 +1 customers without exactly one stage/);
});

test("an unknown workspace or option is named", async () => {
  const unknown = await check("--workspace", "nowhere");
  expect(unknown).toMatchObject({ code: 2, out: "" });
  expect(unknown.err).toContain('No workspace "nowhere"');
  expect((await check("--jsn")).err).toContain("npm run check -- [--workspace SLUG]");
});
