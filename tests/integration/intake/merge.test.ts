import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { rebuildDays } from "@/lib/intake/rebuild";
import { sql } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "../../support/database";
import { aliasRow, inboxRow } from "../../support/inbox-rows";
import { expectedCustomers, peopleInOrder } from "../../support/intake-oracle";
import { dirtyDays, storedCustomers, storeText } from "../../support/stored-customers";

const timeZone = "Asia/Shanghai";
const now = new Date("2026-04-01T00:00:00Z");

let database: TestDatabase;
let workspaceId = 0;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => {
  workspaceId += 1;
});
afterAll(() => database.drop());

async function intake(...rows: InboxRow[]): Promise<void> {
  await writeInbox(database.pool, workspaceId, rows);
  await drainAll(database.pool, { workspaceId, timeZone, now });
}

const order = (message: string, userKey: string, day: string, amount: number): InboxRow =>
  inboxRow(message, { kind: KIND.order, userKey, amount, occurredAt: new Date(`${day}T04:00:00Z`) });

/** Two known customers with orders, a refund, a custom kind and traits on common and own days. */
const history = (): InboxRow[] => [
  order("1", "old", "2026-03-02", 500),
  order("2", "old", "2026-03-05", 900),
  inboxRow("3", {
    kind: KIND.refund,
    userKey: "old",
    amount: -200,
    occurredAt: new Date("2026-03-05T06:00:00Z"),
  }),
  inboxRow("4", { kind: 100, userKey: "old", occurredAt: new Date("2026-03-05T16:30:00Z"), channel: "ads" }),
  order("5", "new", "2026-03-05", 700),
  inboxRow("6", {
    kind: KIND.profile,
    userKey: "new",
    occurredAt: new Date("2026-03-04T00:00:00Z"),
    traits: { city: "上海" },
  }),
  inboxRow("7", {
    kind: KIND.profile,
    userKey: "old",
    occurredAt: new Date("2026-03-03T00:00:00Z"),
    traits: { city: "北京", vip: true },
  }),
];

const idOf = async (value: string): Promise<{ now: number; home: number }> => {
  const { rows } = await database.pool.query(sql`
    SELECT customer_id AS now, home_customer_id AS home FROM identity
    WHERE workspace_id = ${workspaceId} AND kind = 'user' AND value = ${value}`);
  return rows[0];
};

describe("merging two customers by an alias", () => {
  it("gives the survivor every event, trait and day, and marks both dirty from the loser's first day", async () => {
    await intake(...history());
    const [loser, survivor] = [await idOf("old"), await idOf("new")];
    await database.pool.query(sql`DELETE FROM customer_dirty WHERE workspace_id = ${workspaceId}`);
    const link = aliasRow("8", "old", "new");
    await intake(link);
    expect(await storedCustomers(database.pool, workspaceId)).toEqual(
      expectedCustomers(peopleInOrder([...history(), link]), timeZone),
    );
    expect(await idOf("old")).toEqual({ now: survivor.now, home: loser.now });
    const { rows } = await database.pool.query(sql`
      SELECT customer_id, display_key, merged_into FROM customer WHERE workspace_id = ${workspaceId} ORDER BY 1`);
    expect(rows).toEqual([
      { customer_id: loser.now, display_key: "old", merged_into: survivor.now },
      { customer_id: survivor.now, display_key: "new", merged_into: null },
    ]);
    expect(await dirtyDays(database.pool, workspaceId)).toEqual([
      `${loser.now} 2026-03-02`,
      `${survivor.now} 2026-03-02`,
    ]);
  });

  it("changes nothing the second time, and sends what still comes under the old id to the survivor", async () => {
    await intake(...history(), aliasRow("8", "old", "new"));
    const once = await storeText(database.pool, workspaceId);
    await intake(...history(), aliasRow("8", "old", "new"), aliasRow("9", "old", "new"));
    expect(await storeText(database.pool, workspaceId)).toBe(once);
    const late = order("late", "old", "2026-03-01", 50);
    await intake(late);
    expect(await storedCustomers(database.pool, workspaceId)).toEqual(
      expectedCustomers(peopleInOrder([...history(), aliasRow("8", "old", "new"), late]), timeZone),
    );
  });

  it("counts a message once that both had before they were known to be one", async () => {
    await intake(order("same", "old", "2026-03-02", 500), order("same", "new", "2026-03-02", 500));
    await intake(aliasRow("8", "old", "new"));
    const [customer] = await storedCustomers(database.pool, workspaceId);
    expect(customer?.days["2026-03-02"]).toMatchObject({ orders: 1, revenue: 500 });
  });

  it("takes the loser out of its stage, the log and the daily flows", async () => {
    await intake(...history());
    const [loser, survivor] = [(await idOf("old")).now, (await idOf("new")).now];
    for (const customer of [loser, survivor]) {
      await database.pool.query(sql`INSERT INTO customer_stage (workspace_id, customer_id, model_id, stage, since_on)
        VALUES (${workspaceId}, ${customer}, 1, 'growth', '2026-03-05')`);
      await database.pool.query(sql`
        INSERT INTO stage_transition (workspace_id, customer_id, model_id, seq, effective_on, effective_at, from_stage, to_stage,
          cause, version, evidence, recorded_at)
        VALUES (${workspaceId}, ${customer}, 1, 1, '2026-03-02', ${now}, NULL, 'trial', 'event', 1, '{}', ${now}),
          (${workspaceId}, ${customer}, 1, 2, '2026-03-05', ${now}, 'trial', 'growth', 'event', 1, '{}', ${now})`);
    }
    await database.pool.query(sql`INSERT INTO stage_flow (workspace_id, model_id, shard, day, from_stage, to_stage, moves)
      VALUES (${workspaceId}, 1, 0, '2026-03-02', '', 'trial', 2), (${workspaceId}, 1, 0, '2026-03-05', 'trial', 'growth', 2)`);
    await intake(aliasRow("8", "old", "new"));
    const ask = async (statement: ReturnType<typeof sql>) => (await database.pool.query(statement)).rows;
    expect(
      await ask(sql`SELECT customer_id FROM customer_stage WHERE workspace_id = ${workspaceId}`),
    ).toEqual([{ customer_id: survivor }]);
    expect(
      await ask(sql`SELECT DISTINCT customer_id, retracted_at FROM stage_transition
        WHERE workspace_id = ${workspaceId} ORDER BY customer_id`),
    ).toEqual([
      { customer_id: loser, retracted_at: now },
      { customer_id: survivor, retracted_at: null },
    ]);
    expect(await ask(sql`SELECT moves FROM stage_flow WHERE workspace_id = ${workspaceId}`)).toEqual([
      { moves: 1 },
      { moves: 1 },
    ]);
  });

  it("keeps what an unmerge needs: going home restores both as they were", async () => {
    await intake(...history());
    const [apart, loser] = [await storedCustomers(database.pool, workspaceId), await idOf("old")];
    await intake(aliasRow("8", "old", "new"));
    for (const table of ["event", "customer_trait"])
      await database.pool.query(
        `UPDATE ${table} SET customer_id = home_customer_id, home_customer_id = NULL
         WHERE workspace_id = $1 AND home_customer_id = $2`,
        [workspaceId, loser.home],
      );
    await database.pool.query(sql`UPDATE identity SET customer_id = home_customer_id
      WHERE workspace_id = ${workspaceId} AND home_customer_id = ${loser.home}`);
    // The alias itself also gave the former id as an anonymous one; it was said of the survivor and stays there.
    await database.pool.query(
      sql`DELETE FROM identity WHERE workspace_id = ${workspaceId} AND kind = 'anonymous'`,
    );
    await rebuildDays(database.pool, {
      workspaceId,
      customerIds: [loser.home, (await idOf("new")).now],
      timeZone,
    });
    expect(await storedCustomers(database.pool, workspaceId)).toEqual(apart);
  });

  it("keeps the first home through two merges", async () => {
    await intake(
      order("1", "a", "2026-03-02", 1),
      order("2", "b", "2026-03-02", 2),
      order("3", "c", "2026-03-02", 4),
    );
    const [a, b, c] = [await idOf("a"), await idOf("b"), await idOf("c")];
    await intake(aliasRow("4", "a", "b"));
    await intake(aliasRow("5", "b", "c"));
    const { rows } = await database.pool.query(sql`
      SELECT amount, customer_id, home_customer_id FROM event WHERE workspace_id = ${workspaceId} ORDER BY amount`);
    expect(rows).toEqual([
      { amount: 1, customer_id: c.now, home_customer_id: a.now },
      { amount: 2, customer_id: c.now, home_customer_id: b.now },
      { amount: 4, customer_id: c.now, home_customer_id: null },
    ]);
  });
});
