import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, startOfDay } from "@/lib/platform/day";
import { advanceClock, setClock } from "@/lib/stages/clock";
import { checkInvariants } from "@/lib/stages/invariants";
import { listDecidingModels } from "@/lib/stages/queries";
import { recompute } from "@/lib/stages/recompute";
import { isStillToday, recomputeNow } from "@/lib/stages/recompute-now";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, take, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, histories, ZONE } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const clock = () => NOW;

test("a recompute that began before the clock was moved writes nothing after it", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 0, max: 90 }),
      fc.integer({ min: 1, max: 40 }),
      async (happenings, start, days) => {
        const before = addDays(FIRST_DAY, start);
        const w = await testWorkspace(db.pool, before);
        await setClock(db.pool, { workspaceId: w.id, at: startOfDay(before, ZONE), now: NOW });
        await take(db.pool, w, happenings);
        await recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock });
        await advanceClock(db.pool, { workspaceId: w.id, days, now: NOW });
        const late = {
          workspaceId: w.id,
          asOf: before,
          now: NOW,
          stillWanted: isStillToday(w.id, before, clock),
        };
        expect(await recompute(db.pool, { ...late, mode: "full" })).toMatchObject({
          evaluated: 0,
          transitions: 0,
        });
        expect((await listDecidingModels(db.pool, w.id))[0]!.settledOn).toBe(addDays(before, days));
        expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
      },
    ),
    { numRuns: 10 },
  );
}, 120_000);

test("several people advancing the clock at once, while nightly runs go on, leave a sound log", async () => {
  const [happenings] = fc.sample(histories, { numRuns: 1, seed: 7 });
  const w = await testWorkspace(db.pool, FIRST_DAY);
  await setClock(db.pool, { workspaceId: w.id, at: startOfDay(FIRST_DAY, ZONE), now: NOW });
  await take(db.pool, w, happenings!);
  for (let round = 0; round < 8; round++) {
    await Promise.all([
      advanceClock(db.pool, { workspaceId: w.id, days: 7, now: NOW }),
      recomputeNow(db.pool, { workspaceId: w.id, mode: "full", clock }),
      advanceClock(db.pool, { workspaceId: w.id, days: 9, now: NOW }),
      recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock }),
    ]);
  }
  await recomputeNow(db.pool, { workspaceId: w.id, mode: "incremental", clock });
  expect((await checkInvariants(db.pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
});
