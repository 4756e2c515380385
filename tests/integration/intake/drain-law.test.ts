import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drain, drainAll } from "@/lib/intake/drain";
import { type InboxRow, inboxDepth, messageUuid, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { type TestDatabase, testDatabase } from "../../support/database";
import { inboxRow } from "../../support/inbox-rows";
import { expectedCustomers, peopleConnected, peopleInOrder } from "../../support/intake-oracle";
import { storedCustomers, storeText } from "../../support/stored-customers";

const timeZone = "America/New_York"; // the clocks change on 8 March 2026
const now = new Date("2026-04-01T00:00:00Z");
const RUNS = 40;

let database: TestDatabase;
let lastWorkspace = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Accepts the rows in their order, `write` at a time, and drains `limit` at a time; answers the workspace. */
async function intake(rows: readonly InboxRow[], limit: number, write = rows.length): Promise<number> {
  const workspaceId = (lastWorkspace += 1);
  for (let from = 0; from < rows.length; from += write) {
    await writeInbox(database.pool, workspaceId, rows.slice(from, from + write));
    if (write < rows.length) await drain(database.pool, { workspaceId, timeZone, limit, now });
  }
  await drainAll(database.pool, { workspaceId, timeZone, limit, now });
  expect(await inboxDepth(database.pool, workspaceId)).toBe(0);
  return workspaceId;
}

const occurredAt = fc.integer({ min: 0, max: 96 }).map((n) => new Date(Date.UTC(2026, 2, 7) + n * 1_800_000));
const kinds = [
  KIND.view,
  KIND.login,
  KIND.order,
  KIND.order,
  KIND.refund,
  KIND.profile,
  KIND.search,
  100,
  101,
];

const facts = fc.record({
  kind: fc.constantFrom(...kinds),
  occurredAt,
  cents: fc.integer({ min: 0, max: 10_000 }),
  channel: fc.option(fc.constantFrom("ads", "friend"), { freq: 5 }),
  traits: fc.option(fc.dictionary(fc.constantFrom("city", "vip"), fc.constantFrom("Köln", 3, null, ["a"])), {
    freq: 4,
  }),
});
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

const rowOf = (index: number, { cents, ...said }: Facts, ids: Partial<InboxRow>): InboxRow =>
  inboxRow(`m${index}`, {
    ...said,
    ...ids,
    amount:
      said.kind === KIND.order
        ? cents
        : said.kind === KIND.refund
          ? -cents
          : said.kind === 100
            ? cents
            : null,
    props: { index },
  });

const oneOf = (...values: string[]) => fc.option(fc.constantFrom(...values), { freq: 3 });

/** Anything goes: devices and phones that several people use, aliases in chains and circles. */
const anyIds = fc
  .record({
    userKey: oneOf("u1", "u2", "u3", "u4"),
    anonymousKey: oneOf("a1", "a2", "a3", "u1"),
    externalKeys: fc.option(fc.uniqueArray(fc.constantFrom("p1", "p2"), { minLength: 1 }), { freq: 6 }),
    previousKey: fc.option(fc.constantFrom("u1", "u2", "u3", "a1", "x"), { freq: 8 }),
  })
  .filter((ids) =>
    ids.previousKey ? ids.userKey !== null : ids.userKey !== null || ids.anonymousKey !== null,
  )
  .map((ids) => ({
    ...ids,
    externalKeys: ids.externalKeys?.map((p): [string, string] => ["phone", p]) ?? null,
  }));

const anyHistory = fc
  .array(fc.tuple(facts, anyIds), { minLength: 1, maxLength: 30 })
  .map((rows) => rows.map(([said, ids], index) => rowOf(index, said, ids)));

/** People who share nothing; whoever has two user ids joined them by an alias. */
const ownIds = fc.record({
  person: fc.constantFrom("x", "y", "z"),
  ids: fc.subarray(["user", "second", "device", "other device", "phone"], { minLength: 1 }),
  isAlias: fc.boolean(),
});
const ownHistory = fc.array(fc.tuple(facts, ownIds), { minLength: 1, maxLength: 25 }).map((rows) => {
  const events = rows.map(([said, { person, ids, isAlias }], index) => {
    const has = (id: string) => ids.includes(id);
    const user = has("user") ? `${person}1` : has("second") ? `${person}2` : null;
    const anonymous = has("device") ? `${person}-d` : has("other device") ? `${person}-e` : null;
    return rowOf(index, said, {
      userKey: user,
      anonymousKey: anonymous ?? (user === null ? `${person}-d` : null),
      externalKeys: has("phone") ? [["phone", `${person}-p`]] : null,
      previousKey: user !== null && isAlias ? `${person}-e` : null,
    });
  });
  const aliases = ["x", "y", "z"]
    .filter((person) => events.some((row) => row.userKey === `${person}2`))
    .map((person) => inboxRow(`alias ${person}`, { userKey: `${person}2`, previousKey: `${person}1` }));
  return [...events, ...aliases];
});

const withReplays = (history: InboxRow[]) =>
  fc.array(fc.nat({ max: history.length - 1 }), { maxLength: 12 }).chain((again) =>
    fc.shuffledSubarray([...history, ...again.map((index) => history[index]!)], {
      minLength: history.length + again.length,
    }),
  );

describe("the drain", () => {
  it("gives what the messages give one by one, whatever the batches and however ids are shared", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory.chain(withReplays),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, limit, write) => {
          const one = await intake(rows, 1);
          const expected = expectedCustomers(peopleInOrder(rows), timeZone);
          expect(await storedCustomers(database.pool, one)).toEqual(expected);
          const text = await storeText(database.pool, one);
          for (const workspaceId of [
            await intake(rows, limit),
            await intake(rows, limit, write),
            await intake(rows, 5000),
          ])
            expect(await storeText(database.pool, workspaceId)).toBe(text);
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);

  it("gives the same facts in every order of arrival where no id is shared by people", async () => {
    await fc.assert(
      fc.asyncProperty(
        ownHistory.chain((history) => fc.tuple(withReplays(history), withReplays(history))),
        fc.integer({ min: 1, max: 12 }),
        async ([first, second], limit) => {
          const expected = expectedCustomers(peopleConnected(first), timeZone);
          expect(await storedCustomers(database.pool, await intake(first, limit))).toEqual(expected);
          expect(await storedCustomers(database.pool, await intake(second, 5000))).toEqual(expected);
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);

  it("stores every accepted message once after 30 % replays, shuffled (I7)", async () => {
    const messages = Array.from({ length: 600 }, (_, index) => `order-${index}`);
    const row = (message: string, index: number) =>
      inboxRow(message, { userKey: `c${index % 37}`, kind: KIND.order, amount: 100 });
    const rows = messages.map(row);
    const replayed = fc.sample(
      fc.shuffledSubarray([...rows, ...rows.filter((_, index) => index % 10 < 3)], { minLength: 780 }),
      {
        numRuns: 1,
        seed: 20261121,
      },
    )[0]!;
    const workspaceId = (lastWorkspace += 1);
    for (let from = 0; from < replayed.length; from += 60) {
      await writeInbox(database.pool, workspaceId, replayed.slice(from, from + 60));
      await drain(database.pool, { workspaceId, timeZone, limit: 47, now });
    }
    const totals = await drainAll(database.pool, { workspaceId, timeZone, limit: 47, now });
    expect(totals.duplicates).toBeGreaterThan(0);
    const { rows: stored } = await database.pool.query(
      "SELECT message_id, count(*) FROM event WHERE workspace_id = $1 GROUP BY 1 ORDER BY 1",
      [workspaceId],
    );
    expect(stored).toEqual(
      messages
        .map((message) => ({ message_id: messageUuid(message), count: 1 }))
        .sort((a, b) => (a.message_id < b.message_id ? -1 : 1)),
    );
    const { rows: days } = await database.pool.query(
      "SELECT sum(orders)::int AS orders, sum(revenue)::int AS revenue FROM customer_day WHERE workspace_id = $1",
      [workspaceId],
    );
    expect(days).toEqual([{ orders: 600, revenue: 60_000 }]);
  });

  it("takes the first copy of a message and nothing of a resend that says something else", async () => {
    const first = inboxRow("m", {
      userKey: "u",
      kind: KIND.order,
      amount: 100,
      traits: { city: "上海" },
      channel: "ads",
    });
    const resend = {
      ...first,
      kind: KIND.view,
      amount: null,
      traits: { city: "北京", vip: true },
      channel: "friend",
    };
    const later = { ...resend, occurredAt: new Date("2026-03-20T00:00:00Z") };
    const expected = expectedCustomers(peopleInOrder([first]), timeZone);
    const together = await intake([first, resend, later], 5000);
    expect(await storedCustomers(database.pool, together)).toEqual(expected);
    const apart = await intake([first, resend, later], 1, 1);
    expect(await storedCustomers(database.pool, apart)).toEqual(expected);
  });
});
