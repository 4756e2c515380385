import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drain, drainAll } from "@/lib/intake/drain";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { inboxRow } from "@/tests/support/inbox-rows";

const timeZone = "Asia/Kolkata"; // half an hour off: hours are those of UTC all the same
const now = new Date("2026-04-02T00:00:00Z");
let db: TestDatabase;
let lastWorkspace = 0;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const sent = fc.record({
  sourceId: fc.constantFrom(1, 2),
  kind: fc.constantFrom(KIND.view, KIND.order, KIND.profile, 100),
  minute: fc.nat({ max: 300 }),
  message: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  who: fc.constantFrom(
    { userKey: "u1" },
    { userKey: "u2" },
    { anonymousKey: "d1" },
    { externalKeys: [["phone", "138"]] as [string, string][], anonymousKey: "d2" },
  ),
  amount: fc.option(fc.nat({ max: 9 })),
});
const isAlias = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);

const rows = fc.array(fc.tuple(sent, isAlias), { minLength: 1, maxLength: 60 }).map((all) =>
  all.map(([{ message, minute, who, ...said }, alias], n): InboxRow => {
    const receivedAt = new Date(Date.UTC(2026, 3, 1) + minute * 60_000);
    return alias
      ? inboxRow(`alias ${n}`, {
          sourceId: said.sourceId,
          kind: KIND.profile,
          receivedAt,
          userKey: "u1",
          previousKey: `before ${n}`,
        })
      : inboxRow(message, { ...said, ...who, receivedAt });
  }),
);

type Cell = {
  events: number;
  duplicates: number;
  links: number;
  known: number;
  valued: number;
  last: number;
};

/** One row at a time, in the order of acceptance, against a set of what was seen. */
function naive(all: readonly InboxRow[]): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  const seen = new Set<string>();
  for (const row of all) {
    const hour = new Date(Math.floor(row.receivedAt.getTime() / 3_600_000) * 3_600_000).toISOString();
    const cell = (cells[`${row.sourceId} ${hour} ${row.kind}`] ??= {
      events: 0,
      duplicates: 0,
      links: 0,
      known: 0,
      valued: 0,
      last: 0,
    });
    cell.last = Math.max(cell.last, row.receivedAt.getTime());
    const message = `${row.userKey ?? row.externalKeys?.[0]?.[1] ?? row.anonymousKey} ${row.messageId}`;
    if (row.previousKey) cell.links++;
    else if (seen.has(message)) cell.duplicates++;
    else {
      seen.add(message);
      cell.events++;
      if (row.userKey || row.externalKeys) cell.known++;
      if (row.amount !== null) cell.valued++;
    }
  }
  return cells;
}

test("what the drain counts is what one counts by hand, with duplicates, replays and any batches", async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
      async (all, limit, write) => {
        const workspaceId = (lastWorkspace += 1);
        for (let from = 0; from < all.length; from += write) {
          await writeInbox(db.pool, workspaceId, all.slice(from, from + write));
          await drain(db.pool, { workspaceId, timeZone, limit, now });
        }
        await drainAll(db.pool, { workspaceId, timeZone, limit, now });
        const stored = await db.pool.query(
          `SELECT source_id, hour, kind, events, duplicates, links, known, valued, last_at
         FROM source_activity WHERE workspace_id = $1`,
          [workspaceId],
        );
        const cells = Object.fromEntries(
          stored.rows.map(({ source_id, hour, kind, last_at, ...counts }) => [
            `${source_id} ${hour.toISOString()} ${kind}`,
            { ...counts, last: last_at.getTime() },
          ]),
        );
        expect(cells).toEqual(naive(all));
        const kept = await db.pool.query(
          "SELECT source_id, kind, count(*)::int FROM event WHERE workspace_id = $1 GROUP BY 1, 2 ORDER BY 1, 2",
          [workspaceId],
        );
        const counted = await db.pool.query(
          `SELECT source_id, kind, sum(events)::int AS count FROM source_activity WHERE workspace_id = $1
         GROUP BY 1, 2 HAVING sum(events) > 0 ORDER BY 1, 2`,
          [workspaceId],
        );
        expect(counted.rows).toEqual(kept.rows);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
