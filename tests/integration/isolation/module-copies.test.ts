import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openPool, type Pool } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

let db: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  db = await testDatabase();
  pool = openPool(db.url, 1);
});
afterAll(async () => {
  await pool.end();
  await db.drop();
});

test("copies of the module, as bundled routes hold them, agree on what a shared connection is bound to", async () => {
  const first = await import("@/lib/platform/workspace-pool");
  vi.resetModules();
  const second = await import("@/lib/platform/workspace-pool");
  expect(second.workspacePool).not.toBe(first.workspacePool);
  const bound = async (copy: typeof first, workspaceId: number) =>
    (await copy.workspacePool(pool, workspaceId).query("SELECT current_setting('app.workspace') AS at"))
      .rows[0].at;
  expect([
    await bound(first, 1),
    await bound(second, 2),
    await bound(first, 1),
    await bound(second, 2),
  ]).toEqual(["1", "2", "1", "2"]);
});
