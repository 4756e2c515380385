import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { findKept, retractSource } from "@/lib/intake/retract";
import { parseDay } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { checkInvariants } from "@/lib/stages/invariants";
import { recompute } from "@/lib/stages/recompute";
import { createSource } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "../../support/database";
import { importSource } from "../../support/import-source";
import { inboxRow } from "../../support/inbox-rows";
import { NOW, type TestWorkspace, testWorkspace } from "../../support/lifecycle";
import { ZONE } from "../../support/random-history";
import { storedCustomers } from "../../support/stored-customers";

const AS_OF = parseDay("2026-05-01");
const RUNS = Number(process.env.LAW_RUNS ?? 40);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const oneOf = (...values: string[]) => fc.option(fc.constantFrom(...values), { freq: 3 });
const ids = (aliases: boolean) =>
  fc
    .record({
      userKey: oneOf("u1", "u2", "u3"),
      anonymousKey: oneOf("a1", "a2", "a3"),
      externalKeys: fc.option(fc.uniqueArray(fc.constantFrom("p1", "p2"), { minLength: 1 }), { freq: 3 }),
      previousKey: aliases ? fc.option(fc.constantFrom("u1", "u2", "a1"), { freq: 12 }) : fc.constant(null),
    })
    .filter((one) =>
      one.previousKey ? one.userKey !== null : one.userKey !== null || one.anonymousKey !== null,
    );

const facts = fc.record({
  kind: fc.constantFrom(KIND.order, KIND.order, KIND.view, KIND.refund, KIND.profile),
  occurredAt: fc.integer({ min: 0, max: 130 }).map((n) => new Date(Date.UTC(2026, 0, 5) + n * 43_200_000)),
  cents: fc.integer({ min: 0, max: 60_000 }),
  channel: fc.option(fc.constantFrom("ads", "friend"), { freq: 5 }),
  traits: fc.option(fc.constantFrom({ city: "Köln" }, { city: "杭州", vip: true }), { freq: 4 }),
});

const someRows = (prefix: string, aliases: boolean, minLength: number, maxLength: number) =>
  fc.array(fc.tuple(facts, ids(aliases)), { minLength, maxLength }).map((rows) =>
    rows.map(([{ cents, ...said }, { externalKeys, ...keys }], index) =>
      inboxRow(`${prefix} ${index}`, {
        ...said,
        ...keys,
        externalKeys: externalKeys?.map((value): [string, string] => ["phone", value]) ?? null,
        amount: said.kind === KIND.order ? cents : said.kind === KIND.refund ? -cents : null,
      }),
    ),
  );

async function take(w: TestWorkspace, rows: readonly InboxRow[], sourceId: number, limit: number) {
  await writeInbox(
    database.pool,
    w.id,
    rows.map((row) => ({ ...row, sourceId })),
  );
  await drainAll(database.pool, { workspaceId: w.id, timeZone: ZONE, limit, now: NOW });
}

const settle = (w: TestWorkspace) =>
  recompute(database.pool, { workspaceId: w.id, mode: "incremental", asOf: AS_OF, now: NOW });

const ask = async (w: TestWorkspace, text: string) => (await database.pool.query(text, [w.id])).rows;

/** Everything that is known and computed of each customer, by its ids. */
async function lives(w: TestWorkspace) {
  const facts = await storedCustomers(database.pool, w.id);
  const computed = await ask(
    w,
    `SELECT (SELECT array_agg(i.kind || ':' || i.value ORDER BY i.kind || ':' || i.value) FROM identity i
        WHERE i.workspace_id = c.workspace_id AND i.customer_id = c.customer_id) AS ids,
       to_jsonb(m) - 'customer_id' - 'workspace_id' AS metrics,
       s.stage, s.since_on, s.due_on,
       (SELECT array_agg(concat_ws(' ', t.effective_on, coalesce(t.from_stage, '-'), t.to_stage) ORDER BY t.effective_on)
         FROM stage_transition t WHERE t.workspace_id = c.workspace_id AND t.customer_id = c.customer_id
           AND t.retracted_at IS NULL) AS log,
       (SELECT array_agg(e.message_id ORDER BY e.message_id) FROM event e
         WHERE e.workspace_id = c.workspace_id AND e.customer_id = c.customer_id) AS events
     FROM customer c
     LEFT JOIN customer_metrics m ON m.workspace_id = c.workspace_id AND m.customer_id = c.customer_id
     LEFT JOIN customer_stage s ON s.workspace_id = c.workspace_id AND s.customer_id = c.customer_id
     WHERE c.workspace_id = $1 AND c.merged_into IS NULL`,
  );
  const byIds = new Map(computed.map((row) => [String(row.ids?.join()), row]));
  expect(computed).toHaveLength(facts.length); // nobody without ids, no ids without a customer
  return facts.map((one) => ({ ...one, ...byIds.get(one.ids.join()) }));
}

const flows = (w: TestWorkspace) =>
  ask(
    w,
    `SELECT model_id, day, from_stage, to_stage, sum(moves)::int AS moves FROM stage_flow WHERE workspace_id = $1
     GROUP BY 1, 2, 3, 4 HAVING sum(moves) <> 0 ORDER BY 1, 2, 3, 4`,
  );

/** The ids of the customers an undo says it will keep. */
async function keptIds(w: TestWorkspace, sourceId: number): Promise<Set<string>> {
  const kept = await findKept(database.pool, { workspaceId: w.id, sourceId });
  expect(kept.shown).toHaveLength(kept.customers);
  const { rows } = await database.pool.query(sql`
    SELECT i.kind || ':' || i.value AS id FROM customer c
    JOIN identity i ON i.workspace_id = c.workspace_id AND i.customer_id = c.customer_id
    WHERE c.workspace_id = ${w.id} AND c.display_key = ANY(${kept.shown}::text[])`);
  return new Set(rows.map((row) => row.id));
}

it("an import that is undone never happened, but for the customers the undo named beforehand", async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(
      someRows("base", true, 0, 8),
      someRows("import", false, 1, 10),
      someRows("later", true, 0, 6),
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (base, imported, later, limit, settledBetween) => {
        const [w, twin] = [
          await testWorkspace(database.pool, AS_OF),
          await testWorkspace(database.pool, AS_OF),
        ];
        const importId = await importSource(database.pool, { workspaceId: w.id, name: "file", now: NOW });
        await createSource(database.pool, { workspaceId: twin.id, name: "file", kind: "import", now: NOW });
        await take(w, base, w.sourceId, limit);
        await take(w, imported, importId, limit);
        if (settledBetween) await settle(w);
        await take(w, later, w.sourceId, limit);
        if (settledBetween) await settle(w);
        const kept = await keptIds(w, importId);
        await retractSource(database.pool, {
          workspaceId: w.id,
          sourceId: importId,
          timeZone: ZONE,
          now: NOW,
        });
        await settle(w);

        await take(twin, base, twin.sourceId, limit);
        await take(twin, later, twin.sourceId, limit);
        await settle(twin);

        const [is, should] = [await lives(w), await lives(twin)];
        const isKept = (one: { ids: string[] }) => one.ids.some((id) => kept.has(id));
        const messages = (all: typeof is) => all.flatMap((one) => one.events ?? []).sort();
        expect(messages(is)).toEqual(messages(should));
        expect(is.filter((one) => !isKept(one))).toEqual(should.filter((one) => !isKept(one)));
        if (kept.size === 0) {
          expect(await flows(w)).toEqual(await flows(twin));
          whole += 1;
        }
        const broken = (await checkInvariants(database.pool, w.id)).filter((one) => one.violations > 0);
        expect(broken).toEqual([]);
        expect(await ask(w, "SELECT 1 FROM event_inbox WHERE workspace_id = $1")).toEqual([]);
        const again = { workspaceId: w.id, sourceId: importId, timeZone: ZONE, now: NOW };
        expect(await retractSource(database.pool, again)).toMatchObject({
          events: 0,
          customers: 0,
          parted: 0,
        });
      },
    ),
    { numRuns: RUNS },
  );
  expect(whole).toBeGreaterThan(RUNS / 5); // the law says something
}, 120_000);
