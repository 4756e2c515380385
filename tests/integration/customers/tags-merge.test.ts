import { afterAll, beforeAll, expect, test } from "vitest";
import { listQuestion } from "@/lib/customers/list-asked";
import { createTag, tagCustomers } from "@/lib/customers/tags";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, messageUuid, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { addDays, startOfDay } from "@/lib/platform/day";
import { recompute } from "@/lib/stages/recompute";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, ZONE } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test("a merge moves tags to the customer that remains, each once, and none that was taken off", async () => {
  const today = addDays(FIRST_DAY, 30);
  const w = await testWorkspace(db.pool, today);
  const event = (userKey: string, previousKey: string | null, n: number): InboxRow => ({
    sourceId: w.sourceId,
    kind: previousKey ? KIND.profile : KIND.view,
    receivedAt: NOW,
    occurredAt: new Date(startOfDay(FIRST_DAY, ZONE).getTime() + n * 60_000),
    messageId: messageUuid(`${userKey}-${n}`),
    userKey,
    anonymousKey: null,
    previousKey,
    externalKeys: null,
    amount: null,
    channel: null,
    props: null,
    traits: null,
  });
  const take = async (rows: InboxRow[]) => {
    await writeInbox(db.pool, w.id, rows);
    await drainAll(db.pool, { workspaceId: w.id, timeZone: ZONE, now: NOW });
    await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: today, now: NOW });
  };
  await take([event("ana", null, 1), event("bo", null, 2)]);
  const workspace = await getWorkspace(db.pool, w.id);
  const { rows } = await db.pool.query(
    "SELECT customer_id, display_key FROM customer WHERE workspace_id = $1 ORDER BY display_key",
    [w.id],
  );
  const [ana, bo] = rows.map((row) => row.customer_id as number);
  const by = { workspaceId: w.id, actor: { kind: "system" as const, id: "test", name: "test" }, now: NOW };
  const [both, lone, gone] = await Promise.all(
    ["both", "lone", "gone"].map((name) => createTag(db.pool, { ...by, name, color: "sky" })),
  );
  const act = async (ids: number[], add: number[], remove: number[] = []) => {
    const { asked } = await listQuestion(db.pool, { workspace, filter: { ids }, now: NOW });
    return tagCustomers(db.pool, { ...by, asked, filter: { ids }, act: crypto.randomUUID(), add, remove });
  };
  await act([ana!, bo!], [both!.id]);
  await act([ana!], [lone!.id, gone!.id]);
  await act([bo!], [lone!.id]);
  await act([bo!], [], [lone!.id]);
  await act([ana!], [], [gone!.id]);

  // "ana" turns out to be "bo".
  await take([event("bo", "ana", 3)]);
  const merged = await db.pool.query(
    "SELECT customer_id, merged_into FROM customer WHERE workspace_id = $1 AND merged_into IS NOT NULL",
    [w.id],
  );
  expect(merged.rows).toHaveLength(1);
  const { customer_id: absorbed, merged_into: remaining } = merged.rows[0];
  const carried = await db.pool.query(
    "SELECT customer_id, tag_id FROM customer_tag WHERE workspace_id = $1 AND removed_at IS NULL ORDER BY tag_id",
    [w.id],
  );
  expect(carried.rows).toEqual(
    [both!.id, lone!.id].sort((a, b) => a - b).map((id) => ({ customer_id: remaining, tag_id: id })),
  );
  const left = await db.pool.query("SELECT FROM customer_tag WHERE workspace_id = $1 AND customer_id = $2", [
    w.id,
    absorbed,
  ]);
  expect(left.rowCount).toBe(0);
});
