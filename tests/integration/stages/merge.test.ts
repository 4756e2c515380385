import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, messageUuid, writeInbox } from "@/lib/intake/inbox";
import type { History } from "@/lib/metrics/history";
import { addDays } from "@/lib/platform/day";
import { lifecycleModel } from "@/lib/stages/default-model";
import { checkInvariants } from "@/lib/stages/invariants";
import { recompute } from "@/lib/stages/recompute";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import {
  everyDay,
  NOW,
  naiveStage,
  quickThresholds,
  stagesByDay,
  take,
  testWorkspace,
} from "@/tests/support/lifecycle";
import {
  CUSTOMERS,
  dayOf,
  FIRST_DAY,
  histories,
  historyOf,
  inboxRow,
  ZONE,
} from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const joined = (a: History, b: History): History => ({
  events: [...a.events, ...b.events],
  traits: [...a.traits, ...b.traits],
  seen: [...a.seen, ...b.seen],
});

test("two customers found to be one have the stages their joint history gives, and the other one has none", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 0, max: 140 }),
      fc.integer({ min: 0, max: 60 }),
      async (happenings, before, later) => {
        const w = await testWorkspace(db.pool, FIRST_DAY);
        await take(db.pool, w, happenings);
        const asOf = addDays(FIRST_DAY, before);
        await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf, now: NOW });
        // The first customer turns out to be the second, before and after whatever else happens.
        const alias: InboxRow = {
          ...inboxRow(happenings[0]!, w.sourceId),
          messageId: messageUuid("alias"),
          userKey: CUSTOMERS[1],
          previousKey: CUSTOMERS[0],
          traits: null,
          channel: null,
          amount: null,
        };
        await writeInbox(db.pool, w.id, [alias]);
        await drainAll(db.pool, { workspaceId: w.id, timeZone: ZONE, now: NOW });
        const to = addDays(asOf, later);
        await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: to, now: NOW });

        const model = lifecycleModel(quickThresholds);
        const known = happenings.filter((h) => dayOf(h) <= to);
        const both = joined(historyOf(known, 0), historyOf(known, 1));
        const from = addDays(FIRST_DAY, -1);
        const logged = await stagesByDay(db.pool, { workspaceId: w.id, modelId: 1, from, to });
        expect(logged[CUSTOMERS[1]] ?? logged[CUSTOMERS[0]]).toEqual(
          Object.fromEntries(everyDay(from, to).map((d) => [d, naiveStage(model, both, d)])),
        );
        expect([CUSTOMERS[0], CUSTOMERS[1]].filter((c) => c in logged)).toHaveLength(1);
        expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
        const again = await recompute(db.pool, { workspaceId: w.id, mode: "full", asOf: to, now: NOW });
        expect(again.transitions).toBe(0);
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
