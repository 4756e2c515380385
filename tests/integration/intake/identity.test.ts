import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { copyInbox, type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { sql } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "../../support/database";
import { aliasRow, inboxRow } from "../../support/inbox-rows";

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

let messages = 0;
const event = (ids: Partial<InboxRow>): InboxRow => inboxRow(`e${(messages += 1)}`, ids);
const alias = (previous: string, user: string): InboxRow => aliasRow(`e${(messages += 1)}`, previous, user);

/** Accepts and drains, one call after the other. */
async function intake(...calls: InboxRow[][]): Promise<void> {
  for (const rows of calls) {
    await writeInbox(database.pool, workspaceId, rows);
    await drainAll(database.pool, { workspaceId, timeZone: "UTC", now });
  }
}

/** Every living customer: what it is shown by, its ids, its events. */
async function customers(): Promise<Record<string, { ids: string[]; events: number }>> {
  const { rows } = await database.pool.query(sql`
    SELECT c.display_key, (SELECT array_agg(i.kind || ':' || i.value ORDER BY i.kind, i.value) FROM identity i
        WHERE i.workspace_id = c.workspace_id AND i.customer_id = c.customer_id) AS ids,
      (SELECT count(*)::int FROM event e WHERE e.workspace_id = c.workspace_id AND e.customer_id = c.customer_id) AS events
    FROM customer c WHERE c.workspace_id = ${workspaceId} AND c.merged_into IS NULL ORDER BY c.customer_id`);
  return Object.fromEntries(rows.map(({ display_key, ids, events }) => [display_key, { ids, events }]));
}

describe("who is who", () => {
  it("knows an anonymous visitor once it signs in, with everything it did before", async () => {
    await intake(
      [event({ anonymousKey: "d" }), event({ anonymousKey: "d" })],
      [event({ userKey: "u", anonymousKey: "d" })],
    );
    expect(await customers()).toEqual({ u: { ids: ["anonymous:d", "user:u"], events: 3 } });
  });

  it("joins a visitor that was seen apart from the customer", async () => {
    await intake(
      [event({ anonymousKey: "d" })],
      [event({ userKey: "u" })],
      [event({ userKey: "u", anonymousKey: "d" })],
    );
    expect(await customers()).toEqual({ u: { ids: ["anonymous:d", "user:u"], events: 3 } });
  });

  it("leaves a shared device with whom it was first seen; events with a user id go to that user", async () => {
    await intake(
      [event({ userKey: "u", anonymousKey: "d" })],
      [event({ userKey: "v", anonymousKey: "d" })],
      [event({ anonymousKey: "d" }), event({ userKey: "v", anonymousKey: "d" })],
    );
    expect(await customers()).toEqual({
      u: { ids: ["anonymous:d", "user:u"], events: 2 },
      v: { ids: ["user:v"], events: 2 },
    });
  });

  it("attributes by an external id, and shows the best id there is", async () => {
    const phone: [string, string][] = [["phone", "+86 138"]];
    await intake([event({ anonymousKey: "d" })], [event({ anonymousKey: "d", externalKeys: phone })]);
    expect(await customers()).toEqual({ "+86 138": { ids: ["anonymous:d", "phone:+86 138"], events: 2 } });
    await intake(
      [event({ userKey: "u", externalKeys: phone })],
      [event({ anonymousKey: "new phone", externalKeys: phone })],
    );
    expect(await customers()).toEqual({
      u: { ids: ["anonymous:d", "anonymous:new phone", "phone:+86 138", "user:u"], events: 4 },
    });
  });

  it("lets an alias name a former id before or after that id is seen", async () => {
    await intake(
      [alias("old", "u"), event({ userKey: "u" })],
      [event({ userKey: "old" }), event({ anonymousKey: "old" })],
    );
    await intake([event({ userKey: "w-old" }), event({ anonymousKey: "w-old" })], [alias("w-old", "w")]);
    expect(await customers()).toEqual({
      u: { ids: ["anonymous:old", "user:old", "user:u"], events: 3 },
      w: { ids: ["anonymous:w-old", "user:w", "user:w-old"], events: 2 },
    });
  });

  it.each([
    ["one batch", (rows: InboxRow[]) => [rows]],
    ["a batch each", (rows: InboxRow[]) => rows.map((row) => [row])],
  ])("keeps one customer through chains, circles and aliases of itself, in %s", async (_, split) => {
    await intake(
      ...split([
        event({ userKey: "a" }),
        event({ userKey: "b" }),
        event({ userKey: "c" }),
        alias("a", "b"),
        alias("b", "c"),
        alias("c", "a"),
        alias("a", "b"),
        alias("b", "b"),
        event({ userKey: "a" }),
      ]),
    );
    const all = await customers();
    expect(all).toEqual({
      a: { ids: ["anonymous:a", "anonymous:b", "anonymous:c", "user:a", "user:b", "user:c"], events: 4 },
    });
  });

  it("takes ids byte by byte, whatever they hold", async () => {
    const naughty = [
      "👩‍👩‍👧",
      "👩👩👧",
      "مرحبا\u202e",
      "zero\u200bwidth",
      "zerowidth",
      "caf\u00e9",
      "cafe\u0301",
      "Case",
      "case",
      " case",
      "0",
      "00",
      "1e3",
      "' OR 1=1 --",
      "{a,b}",
      '"quoted"',
      "back\\slash\\N",
      "\\N",
      "tab\tnew\nline\rreturn",
      "../../etc/passwd",
      "%s $1 :x ?",
      "\u{10ffff}",
      "名前",
      "x".repeat(1024),
      "长".repeat(341),
    ];
    const rows = naughty.flatMap((id) => [
      event({ userKey: id, props: { id }, traits: { [id]: id } }),
      event({ userKey: id, anonymousKey: `device of ${id}`.slice(0, 300), channel: id }),
    ]);
    expect(await copyInbox(database.pool, workspaceId, rows.slice(0, 26))).toBe(26);
    await intake(rows.slice(26), rows);
    const all = await customers();
    expect(Object.keys(all).sort()).toEqual([...naughty].sort());
    expect(Object.values(all).map((one) => one.events)).toEqual(naughty.map(() => 2));
    const { rows: props } = await database.pool.query(sql`
      SELECT e.props ->> 'id' AS id, t.value #>> '{}' AS trait, c.display_key FROM event e
      JOIN customer c USING (workspace_id, customer_id)
      JOIN customer_trait t ON t.workspace_id = e.workspace_id AND t.customer_id = e.customer_id AND t.message_id = e.message_id
      WHERE e.workspace_id = ${workspaceId} AND e.props IS NOT NULL`);
    expect(props).toHaveLength(naughty.length);
    for (const row of props) expect([row.id, row.trait]).toEqual([row.display_key, row.display_key]);
  });

  it.each([
    ["userId", { userKey: "nul\0" }],
    ["userId", { userKey: "half \ud83d" }],
    ["anonymousId", { anonymousKey: "长".repeat(342) }],
    ["properties", { userKey: "u", props: { deep: [{ "\ud83d": 1 }] } }],
    ["traits", { userKey: "u", traits: { city: "\0" } }],
    ["externalIds", { userKey: "u", externalKeys: [["user", "v"]] as [string, string][] }],
    ["amount", { userKey: "u", kind: KIND.order, amount: 1.5 }],
    ["timestamp", { userKey: "u", occurredAt: new Date("+010000-01-01T00:00:00Z") }],
  ])(
    "refuses a row whose %s the store could not hold, before any of its batch is written",
    async (path, ids) => {
      const rows = [event({ userKey: "fine" }), event(ids)];
      await expect(writeInbox(database.pool, workspaceId, rows)).rejects.toThrow(path);
      await intake([]);
      expect(await customers()).toEqual({});
    },
  );
});
