import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countCustomers, listCustomers } from "@/lib/customers/list";
import { type ListFilter, listQuestion } from "@/lib/customers/list-asked";
import { defaultSort, type ListCursor } from "@/lib/customers/list-schema";
import { addDays, type Day, daysOf } from "@/lib/platform/day";
import { getBoard } from "@/lib/stages/board";
import { APPEARED } from "@/lib/stages/customers-filter";
import { lifecycleModel } from "@/lib/stages/default-model";
import { recompute } from "@/lib/stages/recompute";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, naiveStage, quickThresholds, take, testWorkspace } from "@/tests/support/lifecycle";
import { CUSTOMERS, FIRST_DAY, histories, historyOf } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const model = lifecycleModel(quickThresholds);
const stageKeys = model.stages.map((s) => s.key);

test("every number of the board equals a naive count, and opens exactly its customers", async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.integer({ min: 0, max: 150 }),
      fc.integer({ min: 0, max: 60 }),
      async (happenings, fromOffset, length) => {
        const end = addDays(FIRST_DAY, 215);
        const w = await testWorkspace(db.pool, end);
        await take(db.pool, w, happenings);
        await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: end, now: NOW });
        const workspace = await getWorkspace(db.pool, w.id);
        const asking = (filter: ListFilter) => listQuestion(db.pool, { workspace, filter, now: NOW });
        const from = addDays(FIRST_DAY, fromOffset);
        const to = addDays(from, length);
        const board = await getBoard(db.pool, { workspace, from, to });

        const stages = CUSTOMERS.map((_, c) => historyOf(happenings, c));
        const stagesOn = (day: Day) => stages.map((history) => naiveStage(model, history, day));
        const countOn = (day: Day, key: string) => stagesOn(day).filter((s) => s === key).length;
        const previousOn = addDays(from, -1);
        expect(board.stages.map((s) => [s.key, s.customers, s.previous])).toEqual(
          stageKeys.map((key) => [key, countOn(to, key), countOn(previousOn, key)]),
        );
        expect(board.customers).toBe(stagesOn(to).filter(Boolean).length);
        expect(board.previousCustomers).toBe(stagesOn(previousOn).filter(Boolean).length);
        expect(board.trend).toEqual(
          daysOf(previousOn, addDays(to, 1)).map((day) => ({
            day,
            counts: Object.fromEntries(stageKeys.map((key) => [key, countOn(day, key)])),
          })),
        );
        const [before, after] = [stagesOn(previousOn), stagesOn(to)];
        for (const { from: fromStage, to: toStage, customers } of board.flow) {
          expect(customers).toBe(after.filter((s, c) => s === toStage && before[c] === fromStage).length);
          const { asked } = await asking({
            asOf: to,
            stage: toStage,
            since: previousOn,
            fromStage: fromStage ?? APPEARED,
          });
          expect(await countCustomers(db.pool, asked)).toEqual({ count: customers, exact: true });
        }
        expect(board.flow.reduce((sum, f) => sum + f.customers, 0)).toBe(board.customers);
        for (const stage of board.stages) {
          const { asked, endingStages } = await asking({ asOf: to, stage: stage.key });
          const listed: string[] = [];
          let next: ListCursor | null | undefined;
          while (next !== null) {
            const shown = { endingStages, columns: [], sort: defaultSort, after: next, limit: 2 };
            const page = await listCustomers(db.pool, { ...asked, ...shown });
            listed.push(...page.customers.map((row) => row.displayKey));
            next = page.next;
          }
          expect(listed.sort()).toEqual(CUSTOMERS.filter((_, c) => after[c] === stage.key).sort());
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test("an empty workspace has a board of zeros that says it was never computed", async () => {
  const w = await testWorkspace(db.pool, FIRST_DAY);
  const workspace = await getWorkspace(db.pool, w.id);
  const board = await getBoard(db.pool, { workspace, from: FIRST_DAY, to: FIRST_DAY });
  expect(board).toMatchObject({ customers: 0, previousCustomers: 0, settledOn: null, pending: 0, flow: [] });
});
