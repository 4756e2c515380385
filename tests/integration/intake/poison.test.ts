import { afterAll, beforeAll, expect, test } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { checkInvariants } from "@/lib/stages/invariants";
import { recompute } from "@/lib/stages/recompute";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, take, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, type Happening, ZONE } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const orders: Happening[] = Array.from({ length: 40 }, (_, i) => ({
  customer: i % 4,
  kind: "order",
  dayOffset: i,
  second: 60,
  amount: 1_000,
  channel: null,
  plan: undefined,
}));

test("a row the database cannot hold goes to quarantine with its reason, and everything behind it gets through", async () => {
  const w = await testWorkspace(db.pool, FIRST_DAY);
  await take(db.pool, w, orders.slice(0, 20));
  // No wire lets such an amount through; it stands for whatever nobody thought of: the day's sum overflows.
  for (const message of ["first", "second"]) {
    await db.pool.query(sql`
      INSERT INTO event_inbox (workspace_id, source_id, kind, received_at, occurred_at, message_id, user_key, amount)
      VALUES (${w.id}, ${w.sourceId}, 6, ${NOW}, '2026-03-01T12:00:00Z', md5(${message}::text)::uuid, 'rich', 9000000000000000000)`);
  }
  await take(db.pool, w, orders.slice(20));
  const left = await drainAll(db.pool, { workspaceId: w.id, timeZone: ZONE, now: NOW });
  expect(left.claimed).toBe(0);

  const { rows } = await db.pool.query(sql`
    SELECT reason, detail, raw::jsonb ->> 'user_key' AS who FROM event_quarantine WHERE workspace_id = ${w.id}`);
  expect(rows).toEqual([{ reason: "unprocessable", detail: "bigint out of range", who: "rich" }]);
  const stored = await db.pool.query(sql`SELECT count(*) FROM event WHERE workspace_id = ${w.id}`);
  expect(stored.rows[0].count).toBe(41);
  await db.pool.query(sql`DELETE FROM event WHERE workspace_id = ${w.id} AND amount > 1000`);
  await db.pool.query(sql`DELETE FROM customer_day WHERE workspace_id = ${w.id} AND revenue > 1000`);
  await recompute(db.pool, {
    workspaceId: w.id,
    mode: "incremental",
    asOf: addDays(FIRST_DAY, 60),
    now: NOW,
  });
  expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
});
