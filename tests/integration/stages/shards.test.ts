import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "@/lib/platform/day";
import { type Pool, sql } from "@/lib/platform/db";
import { checkInvariants } from "@/lib/stages/invariants";
import { recompute } from "@/lib/stages/recompute";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, take, testWorkspace } from "@/tests/support/lifecycle";
import { FIRST_DAY, type Happening, histories } from "@/tests/support/random-history";

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await Promise.all([testDatabase(), testDatabase(), testDatabase()]);
});
afterAll(() => Promise.all(databases.map((db) => db.drop())));

/** Everything the engine says about each customer, by the id people know. */
async function answers(pool: Pool, workspaceId: number): Promise<unknown[]> {
  const { rows } = await pool.query(sql`
    SELECT c.display_key AS customer, s.stage, s.since_on::text, s.due_on::text, to_jsonb(m) - 'customer_id' - 'workspace_id' AS metrics,
      (SELECT json_agg(json_build_array(t.seq, t.effective_on, t.from_stage, t.to_stage, t.cause, t.evidence) ORDER BY t.seq)
       FROM stage_transition t WHERE t.workspace_id = c.workspace_id AND t.customer_id = c.customer_id) AS log
    FROM customer c
    JOIN customer_stage s ON s.workspace_id = c.workspace_id AND s.customer_id = c.customer_id
    JOIN customer_metrics m ON m.workspace_id = c.workspace_id AND m.customer_id = c.customer_id
    WHERE c.workspace_id = ${workspaceId} ORDER BY 1`);
  return rows;
}

async function live(pool: Pool, happenings: readonly Happening[]): Promise<number> {
  const w = await testWorkspace(pool, FIRST_DAY);
  const half = Math.floor(happenings.length / 2);
  for (const [part, offset] of [
    [happenings.slice(0, half), 60],
    [happenings.slice(half), 170],
  ] as const) {
    await take(pool, w, part);
    await recompute(pool, {
      workspaceId: w.id,
      mode: "incremental",
      asOf: addDays(FIRST_DAY, offset),
      now: NOW,
    });
  }
  return w.id;
}

test("customers spread over two databases get, in sum, what one database gives", async () => {
  const [single, ...shards] = databases.map((db) => db.pool);
  await fc.assert(
    fc.asyncProperty(histories, async (happenings) => {
      const whole = await answers(single!, await live(single!, happenings));
      const parts: unknown[] = [];
      for (const [i, pool] of shards.entries()) {
        // The same halves of the arrival order, so that both worlds learn the same things at the same time.
        const mine = (h: Happening) => h.customer % shards.length === i;
        const half = Math.floor(happenings.length / 2);
        const w = await testWorkspace(pool, FIRST_DAY);
        for (const [part, offset] of [
          [happenings.slice(0, half), 60],
          [happenings.slice(half), 170],
        ] as const) {
          await take(pool, w, part.filter(mine));
          await recompute(pool, {
            workspaceId: w.id,
            mode: "incremental",
            asOf: addDays(FIRST_DAY, offset),
            now: NOW,
          });
        }
        parts.push(...(await answers(pool, w.id)));
        expect((await checkInvariants(pool, w.id)).filter((r) => r.violations > 0)).toEqual([]);
      }
      const byCustomer = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
      expect(parts.sort(byCustomer)).toEqual(whole.sort(byCustomer));
    }),
    { numRuns: 15 },
  );
}, 120_000);
