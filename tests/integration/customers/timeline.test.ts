import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TimelineEvent } from "@/lib/customers/schema";
import { countEventsByDay, getTimeline } from "@/lib/customers/timeline";
import { addDays, type Day } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { take, testWorkspace } from "@/tests/support/lifecycle";
import { CUSTOMERS, dayOf, FIRST_DAY, histories, historyOf, ZONE } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const kinds = fc.uniqueArray(
  fc.constantFrom("order", "view", "login", "refund", "cart", "demo_watched", "never_seen"),
  { maxLength: 4 },
);
const offset = fc.integer({ min: -2, max: 140 });

test("page by page everything under the filter comes once, newest first, as many as the days count", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      kinds,
      fc.option(offset),
      offset,
      fc.integer({ min: 1, max: 9 }),
      async (happenings, wanted, from, to, limit) => {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        await take(db.pool, w, happenings);
        const { rows } = await db.pool.query(
          sql`SELECT customer_id, display_key FROM customer WHERE workspace_id = ${w.id}`,
        );
        for (const { customer_id: customerId, display_key: key } of rows) {
          const question = {
            workspaceId: w.id,
            timeZone: ZONE,
            customerId,
            kinds: wanted,
            from: from === null ? null : addDays(FIRST_DAY, from),
            to: addDays(FIRST_DAY, to),
          };
          const expected = historyOf(happenings, CUSTOMERS.indexOf(key))
            .events.filter((one) => wanted.length === 0 || (wanted as string[]).includes(one.kind))
            .filter((one) => one.day <= question.to && (!question.from || one.day >= question.from));
          const seen: TimelineEvent[] = [];
          const days = new Map<Day, number>();
          let after: string | undefined;
          for (;;) {
            const page = await getTimeline(db.pool, { ...question, after, limit });
            expect(page.count).toBe(after === undefined ? expected.length : undefined);
            expect(new Set(page.days.map((one) => one.day))).toEqual(
              new Set(page.events.map((one) => one.day)),
            );
            for (const one of page.days) days.set(one.day, one.events);
            seen.push(...page.events);
            if (page.next === null) break;
            after = page.next;
          }
          const told = (one: { kind: string; at: Date; day: Day; amount: number | null }) =>
            `${one.at.toISOString()} ${one.day} ${one.kind} ${one.amount}`;
          expect(seen.map((one) => told({ ...one, at: one.occurredAt })).sort()).toEqual(
            expected.map(told).sort(),
          );
          expect(seen.map((one) => +one.occurredAt)).toEqual(
            seen.map((one) => +one.occurredAt).sort((a, b) => b - a),
          );
          expect(new Set(seen.map((one) => one.messageId)).size).toBe(seen.length);
          for (const [day, events] of days)
            expect(expected.filter((one) => one.day === day)).toHaveLength(events);
          const counted = await countEventsByDay(db.pool, question);
          expect(counted.reduce((sum, one) => sum + one.events, 0)).toBe(expected.length);
        }
      },
    ),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);

test("another customer's message is no place to continue from", async () => {
  const w = await testWorkspace(db.pool, FIRST_DAY);
  const happening = {
    kind: "view" as const,
    dayOffset: 1,
    second: 5,
    amount: 0,
    channel: null,
    plan: undefined,
  };
  await take(
    db.pool,
    w,
    [0, 1].map((customer) => ({ ...happening, customer })),
  );
  const { rows } = await db.pool.query(
    sql`SELECT customer_id, message_id FROM event WHERE workspace_id = ${w.id}`,
  );
  const [one, other] = rows;
  const page = await getTimeline(db.pool, {
    workspaceId: w.id,
    timeZone: ZONE,
    customerId: one.customer_id,
    kinds: [],
    from: null,
    to: addDays(dayOf({ ...happening, customer: 0 }), 5),
    after: other.message_id,
    limit: 10,
  });
  expect(page).toEqual({ events: [], days: [], count: undefined, next: null });
});
