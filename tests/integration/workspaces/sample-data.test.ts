import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { messageUuid, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { loadSample, removeSample, requestSampleChange, setStartDismissed } from "@/lib/onboarding/mutations";
import { getSampleState, getStart, getStartFacts } from "@/lib/onboarding/queries";
import { sampleRows } from "@/lib/onboarding/sample-rows";
import { stepsDone } from "@/lib/onboarding/schema";
import { addDays, type Day, localDay, startOfDay } from "@/lib/platform/day";
import { openPool, type Pool, sql, workspacePool } from "@/lib/platform/db";
import { failRun, finishRun, takeRequestedRun } from "@/lib/runs/mutations";
import { checkInvariants } from "@/lib/stages/invariants";
import { recomputeNow } from "@/lib/stages/recompute-now";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { liveLog } from "@/tests/support/lifecycle";
import { storedCustomers } from "@/tests/support/stored-customers";

const now = new Date("2026-06-10T04:00:00Z");
const clock = () => now;
const actor = { kind: "member" as const, id: "ada", name: "Ada" };
let db: TestDatabase;
let worker: Pool;
beforeAll(async () => {
  db = await testDatabase();
  worker = openPool(db.url, 4, "perennial_worker");
});
afterAll(async () => {
  await worker.end();
  await db.drop();
});

const shop = (more: Partial<Parameters<typeof createWorkspace>[1]> = {}): Promise<Workspace> => {
  const slug = randomUUID();
  return createWorkspace(db.pool, {
    slug,
    name: slug,
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    now,
    ...more,
  });
};

/** Orders of a few customers of one's own, one of them by the name a shop of the sample has in its world. */
async function sendOwn({ id, timeZone }: Workspace, days: readonly number[]): Promise<void> {
  const { sourceId } = await createSource(db.pool, {
    workspaceId: id,
    name: randomUUID(),
    kind: "http",
    now,
  });
  const today = localDay(now, timeZone);
  await writeInbox(
    db.pool,
    id,
    ["shop-00001", "u-1", "u-2"].flatMap((userKey) =>
      days.map((ago) => ({
        sourceId,
        kind: KIND.order,
        receivedAt: now,
        occurredAt: new Date(startOfDay(addDays(today, -ago), timeZone).getTime() + 3_600_000),
        messageId: messageUuid(`${userKey} ${ago}`),
        userKey,
        anonymousKey: null,
        previousKey: null,
        externalKeys: null,
        amount: 5_000,
        channel: null,
        props: null,
        traits: null,
      })),
    ),
  );
  await drainAll(db.pool, { workspaceId: id, timeZone, now });
  await recomputeNow(db.pool, { workspaceId: id, mode: "incremental", clock });
}

/** As the worker does it: a role that owns nothing, bound to the workspace. */
const load = ({ id }: Workspace) =>
  loadSample(workspacePool(worker, id), { workspaceId: id, at: now, clock });
const remove = ({ id }: Workspace) =>
  removeSample(workspacePool(worker, id), { workspaceId: id, at: now, clock });

/** All that is known and computed in a workspace, customer numbers aside. */
async function everything({ id }: Workspace) {
  const { rows: flows } = await db.pool.query(sql`
    SELECT day, from_stage, to_stage, sum(moves)::int AS moves FROM stage_flow WHERE workspace_id = ${id}
    GROUP BY 1, 2, 3 HAVING sum(moves) <> 0 ORDER BY 1, 2, 3`);
  const { rows: stages } = await db.pool.query(sql`
    SELECT c.display_key, s.stage, s.since_on, s.due_on FROM customer_stage s
    JOIN customer c ON c.workspace_id = s.workspace_id AND c.customer_id = s.customer_id
    WHERE s.workspace_id = ${id} ORDER BY 1`);
  const { rows: sources } = await db.pool.query(
    sql`SELECT is_sample FROM source WHERE workspace_id = ${id} AND is_sample`,
  );
  const { rows: activity } = await db.pool.query(
    sql`SELECT kind, sum(events)::int FROM source_activity WHERE workspace_id = ${id} GROUP BY 1 ORDER BY 1`,
  );
  const log = await liveLog(db.pool, { workspaceId: id, modelId: 1 });
  return { customers: await storedCustomers(db.pool, id), log, flows, stages, sources, activity };
}

describe("sample data", () => {
  test("fills every part of a board, and gone it was never there", async () => {
    const [one, twin] = [await shop(), await shop()];
    await sendOwn(one, [40, 20]);
    await sendOwn(twin, [40, 20]);
    const { total, stored } = await load(one);
    expect(total).toBeGreaterThan(10_000);
    expect(stored).toBeGreaterThan(total * 0.95);
    const { rows: stages } = await db.pool.query(
      sql`SELECT stage FROM customer_stage WHERE workspace_id = ${one.id} GROUP BY 1 ORDER BY 1`,
    );
    expect(stages.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(["churned", "decline", "growth", "trial"]),
    );
    // Again, as after a crash: nothing is doubled.
    expect(await load(one)).toMatchObject({ stored: 0 });
    // Business goes on meanwhile.
    await sendOwn(one, [1]);
    await sendOwn(twin, [1]);
    expect((await checkInvariants(db.pool, one.id)).filter((r) => r.violations > 0)).toEqual([]);
    const facts = await getStartFacts(db.pool, {
      workspaceId: one.id,
      today: workspaceDay(one, now),
      now,
    });
    expect(facts.realCustomers).toBe(3);
    expect(facts.customers).toBeGreaterThan(250);

    expect((await remove(one)).customers).toBeGreaterThan(250);
    expect(await everything(one)).toEqual(await everything(twin));
    expect((await checkInvariants(db.pool, one.id)).filter((r) => r.violations > 0)).toEqual([]);
    expect(await remove(one)).toMatchObject({ events: 0 });
  }, 120_000);

  test.each([
    ["Asia/Shanghai", "CNY", 1],
    ["America/New_York", "JPY", 0.01],
    ["Europe/Berlin", "KWD", 10],
  ])("is lived in %s, paid in %s, and ends now", (timeZone, currency, factor) => {
    const size = { seed: 7, shops: 20, days: 300 };
    const common = { sourceId: 1, until: now, size };
    const rows = [...sampleRows({ ...common, timeZone, currency })];
    const days = rows.map((row) => localDay(row.occurredAt, timeZone)).sort();
    expect(days.at(-1)! <= localDay(now, timeZone)).toBe(true);
    expect(days.at(-1)! >= addDays(localDay(now, timeZone), -2)).toBe(true);
    expect(days[0]! >= addDays(localDay(now, timeZone), -300)).toBe(true);
    expect(rows.every((row) => row.occurredAt <= now)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/(?<!sample-)shop-\d{5}/);
    const paid = (all: typeof rows) => all.reduce((sum, row) => sum + Math.abs(row.amount ?? 0), 0);
    const fen = paid([...sampleRows({ ...common, timeZone, currency: "CNY" })]);
    expect(paid(rows) / (fen * factor)).toBeCloseTo(1, 2);
  });
});

describe("asking for it", () => {
  const ask = (w: Workspace, act: "load" | "remove") =>
    requestSampleChange(db.pool, { workspaceId: w.id, act, actor, now });
  const take = (w: Workspace, runId: number) =>
    takeRequestedRun(db.pool, { workspaceId: w.id, runId, job: "sample-data", now });
  const actions = async (w: Workspace) =>
    (
      await db.pool.query(sql`SELECT action FROM audit_entry WHERE workspace_id = ${w.id} ORDER BY seq`)
    ).rows.map(({ action }) => action);

  test("of two people one is heard, and each deed is written down once", async () => {
    const w = await shop();
    await expect(ask(w, "remove")).rejects.toMatchObject({ code: "conflict" });
    const both = await Promise.allSettled([ask(w, "load"), ask(w, "load")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await getSampleState(db.pool, w.id)).toEqual({
      present: false,
      run: { act: "load", state: "working", done: 0, total: 0 },
    });
    await expect(ask(w, "remove")).rejects.toMatchObject({ code: "conflict" });
    expect(await actions(w)).toEqual(["sample.loaded"]);
  });

  test("a load that was given up on can be asked for again, or taken away", async () => {
    const w = await shop();
    const runId = await ask(w, "load");
    await db.pool.query(sql`UPDATE run SET max_attempt = 1 WHERE id = ${runId}`);
    const claim = (await take(w, runId))!;
    await db.pool.query(sql`
      INSERT INTO source (workspace_id, name, kind, is_sample, created_at) VALUES (${w.id}, 's', 'demo', true, ${now})`);
    await failRun(db.pool, claim, { error: "broken", now });
    expect(await getSampleState(db.pool, w.id)).toMatchObject({ present: true, run: { state: "failed" } });
    const again = (await take(w, await ask(w, "load")))!;
    await finishRun(db.pool, again, { counts: {}, now });
    expect(await getSampleState(db.pool, w.id)).toEqual({ present: true, run: null });
    await expect(ask(w, "load")).rejects.toMatchObject({ code: "conflict" });
    const removal = (await take(w, await ask(w, "remove")))!;
    await remove(w);
    await finishRun(db.pool, removal, { counts: {}, now });
    expect(await getSampleState(db.pool, w.id)).toEqual({ present: false, run: null });
    expect(await actions(w)).toEqual(["sample.loaded", "sample.loaded", "sample.removed"]);
  });
});

test("the first steps tick themselves by what is so", async () => {
  const w = await shop();
  const today = workspaceDay(w, now);
  const { rows } = await db.pool.query(sql`
    INSERT INTO member (email, name, locale, created_at) VALUES (${`${w.slug}@start.test`}, 'Ada', 'en', ${now}) RETURNING id`);
  const memberId = rows[0].id as string;
  const pool = workspacePool(db.pool, w.id);
  const start = () => getStart(pool, { workspaceId: w.id, memberId, today: today as Day, now });
  const ticks = async () => stepsDone((await start()).facts);
  const none = { data: false, people: false, stages: false, colleagues: false };
  expect(await ticks()).toEqual(none);
  await sendOwn(w, [3]);
  expect(await ticks()).toEqual({ ...none, data: true, people: true, stages: true });
  await db.pool.query(sql`
    INSERT INTO event_quarantine (workspace_id, source_id, received_at, reason, path, detail, raw)
    SELECT ${w.id}, id, ${now}, 'bad_amount', 'x', 'y', '{}' FROM source WHERE workspace_id = ${w.id} LIMIT 1`);
  expect(await ticks()).toMatchObject({ people: false });
  for (const email of [`${w.slug}@start.test`, `${w.slug}@other.test`])
    await db.pool.query(sql`
      WITH person AS (
        INSERT INTO member (email, name, locale, created_at) VALUES (${email}, 'X', 'en', ${now})
        ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name RETURNING id)
      INSERT INTO membership (workspace_id, member_id, role, created_at)
      SELECT ${w.id}, id, 'admin', ${now} FROM person`);
  expect(await ticks()).toMatchObject({ colleagues: true });
  expect((await start()).dismissed).toBe(false);
  for (const dismissed of [true, true, false]) {
    await setStartDismissed(pool, { workspaceId: w.id, memberId, dismissed, now });
    expect((await start()).dismissed).toBe(dismissed);
  }
});
