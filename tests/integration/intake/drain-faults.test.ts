import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DrainCounts, drain, drainAll } from "@/lib/intake/drain";
import { type InboxRow, inboxDepth, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { openPool, type Pool, sql } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "../../support/database";
import { eventually } from "../../support/eventually";
import { aliasRow, inboxRow } from "../../support/inbox-rows";
import { expectedCustomers, peopleConnected } from "../../support/intake-oracle";
import { storedCustomers } from "../../support/stored-customers";

const workspaceId = 1;
const timeZone = "Asia/Shanghai";
const now = new Date("2026-04-01T00:00:00Z");

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

/** The same small numbers every time, so that a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** People who share no device; some events come before their sender is known, some people change their user id. */
function eventOf(writer: number, index: number, random: () => number): InboxRow {
  const person = Math.floor(random() * 25);
  const message = `w${writer}-${index}`;
  const occurredAt = new Date(Date.UTC(2026, 2, 1) + Math.floor(random() * 20 * 86_400_000));
  const chance = random();
  if (chance < 0.05) return aliasRow(message, `p${person}`, `p${person}-new`);
  return inboxRow(message, {
    occurredAt,
    kind: chance < 0.5 ? KIND.order : KIND.view,
    amount: chance < 0.5 ? 100 : null,
    userKey: chance < 0.7 ? `p${person}` : null,
    anonymousKey: chance > 0.4 ? `device of p${person}` : chance < 0.7 ? null : `p${person}`,
    traits: chance < 0.3 ? { index } : null,
  });
}

async function storedMessages(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query(
    sql`SELECT message_id FROM event WHERE workspace_id = ${workspaceId} ORDER BY 1`,
  );
  return rows.map((row) => row.message_id);
}

/** Starts a drain, ends its connection while it waits for `table`, and answers how the drain ended. */
async function cutWhileWaitingFor(table: string): Promise<string> {
  const blocker = await database.pool.connect();
  try {
    await blocker.query("BEGIN");
    await blocker.query(`LOCK TABLE ${table} IN SHARE MODE`);
    const ending = drain(database.pool, { workspaceId, timeZone, limit: 60, now }).then(
      () => "drained",
      (error: Error) => error.message,
    );
    await eventually("the drain waits for the table and is cut", async () => {
      const { rows } = await database.pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return rows.length > 0;
    });
    return await ending;
  } finally {
    await blocker.query("ROLLBACK");
    blocker.release();
  }
}

describe("the drain under faults", () => {
  it("loses and doubles nothing with 8 writers that commit out of order or roll back, and 2 drainers (G12)", async () => {
    const writers = openPool(database.url, 8);
    const committed: InboxRow[] = [];
    async function write(writer: number): Promise<void> {
      const random = randomFrom(100 + writer);
      for (let turn = 0; turn < 40; turn += 1) {
        const rows = Array.from({ length: 6 }, (_, index) => eventOf(writer, turn * 6 + index, random));
        const client = await writers.connect();
        await client.query("BEGIN");
        await writeInbox(client, workspaceId, rows);
        await pause(random() * 30); // numbers are taken now and become visible later, out of order
        const isKept = random() >= 0.1;
        await client.query(isKept ? "COMMIT" : "ROLLBACK");
        client.release();
        if (isKept) committed.push(...rows);
      }
    }

    let isWriting = true;
    const claimed = { rows: 0 };
    const drainWhileWriting = async () => {
      while (isWriting) {
        const counts: DrainCounts = await drain(database.pool, { workspaceId, timeZone, limit: 50, now });
        claimed.rows += counts.claimed;
      }
    };
    const drainers = [drainWhileWriting(), drainWhileWriting()];
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    isWriting = false;
    await Promise.all(drainers);
    await writers.end();
    const rest = await Promise.all(
      [1, 2].map(() => drainAll(database.pool, { workspaceId, timeZone, limit: 50, now })),
    );

    expect(claimed.rows + rest[0]!.claimed + rest[1]!.claimed).toBe(committed.length);
    expect(claimed.rows).toBeGreaterThan(0);
    expect(await inboxDepth(database.pool, workspaceId)).toBe(0);
    const events = committed.filter((row) => row.previousKey === null).map((row) => row.messageId);
    expect(await storedMessages(database.pool)).toEqual(events.sort());
    expect(await storedCustomers(database.pool, workspaceId)).toEqual(
      expectedCustomers(peopleConnected(committed), timeZone),
    );
    const { rows } = await database.pool.query(
      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
    );
    expect(rows).toEqual([{ deadlocks: 0 }]);
  });

  it("answers zeros at once while another drainer works, and drains a row that committed late", async () => {
    const early = await database.pool.connect();
    await early.query("BEGIN");
    await writeInbox(early, workspaceId, [inboxRow("early number, late commit", { userKey: "a" })]);
    await writeInbox(database.pool, workspaceId, [inboxRow("late number, early commit", { userKey: "a" })]);
    const other = await database.pool.connect();
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock(731, 1)");
    const zeros = { claimed: 0, stored: 0, duplicates: 0, customers: 0, merged: 0, quarantined: 0 };
    expect(await drain(database.pool, { workspaceId, timeZone, now })).toEqual(zeros);
    await other.query("COMMIT");
    other.release();
    expect(await drain(database.pool, { workspaceId, timeZone, now })).toEqual({
      ...zeros,
      claimed: 1,
      stored: 1,
      customers: 1,
    });
    await early.query("COMMIT");
    early.release();
    expect(await drain(database.pool, { workspaceId, timeZone, now })).toEqual({
      ...zeros,
      claimed: 1,
      stored: 1,
    });
  });

  it.each(["identity", "event", "customer_day", "customer_trait", "customer_dirty"])(
    "returns everything when its connection is cut while it waits for %s, and stores it once afterwards",
    async (table) => {
      const random = randomFrom(7);
      const rows = Array.from({ length: 200 }, (_, index) => eventOf(0, index, random));
      rows[100] = inboxRow("somebody new", { userKey: "somebody new", traits: { city: "上海" } });
      await writeInbox(database.pool, workspaceId, rows);
      const before = await drain(database.pool, { workspaceId, timeZone, limit: 60, now });
      expect(before.claimed).toBe(60);
      const stored = await storedMessages(database.pool);

      expect(await cutWhileWaitingFor(table)).toMatch(/terminat/i);

      expect(await storedMessages(database.pool)).toEqual(stored);
      expect(await inboxDepth(database.pool, workspaceId)).toBe(140);
      const after = await drainAll(database.pool, { workspaceId, timeZone, limit: 60, now });
      expect(after.claimed).toBe(140);
      expect(await storedCustomers(database.pool, workspaceId)).toEqual(
        expectedCustomers(peopleConnected(rows), timeZone),
      );
    },
  );
});
