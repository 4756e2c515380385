import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "@/lib/platform/day";
import { sql, transaction } from "@/lib/platform/db";
import { claimStageEntries, type StageEntry } from "@/lib/stages/entries";
import { recompute } from "@/lib/stages/recompute";
import { getArpu } from "@/lib/value/arpu";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { NOW, take, testWorkspace } from "@/tests/support/lifecycle";
import { CUSTOMERS, FIRST_DAY, type Happening } from "@/tests/support/random-history";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const order = (customer: number, dayOffset: number): Happening => ({
  customer,
  kind: "order",
  dayOffset,
  second: 60,
  amount: 2_500,
  channel: null,
  plan: undefined,
});

test("every stage entry reaches a consumer once, however often and from however many places it asks (R034)", async () => {
  const w = await testWorkspace(db.pool, FIRST_DAY);
  await take(
    db.pool,
    w,
    CUSTOMERS.flatMap((_, c) => [order(c, c), order(c, c + 5)]),
  );
  const recomputeOn = (offset: number) =>
    recompute(db.pool, {
      workspaceId: w.id,
      mode: "incremental",
      asOf: addDays(FIRST_DAY, offset),
      now: NOW,
    });
  await recomputeOn(60);
  const claim = (limit: number, consumer = "playbooks") =>
    claimStageEntries(db.pool, {
      workspaceId: w.id,
      modelId: 1,
      consumer,
      since: FIRST_DAY,
      limit,
      now: NOW,
    });

  const rounds = await Promise.all([claim(3), claim(5), claim(100), claim(100)]);
  const later: StageEntry[][] = [];
  for (let round = await claim(2); round.length; round = await claim(2)) later.push(round);
  const names = [...rounds, ...later].flat().map((e) => `${e.customerId}/${e.seq}`);
  // trial, growth, decline, churned for each customer
  expect(names).toHaveLength(CUSTOMERS.length * 4);
  expect(new Set(names).size).toBe(names.length);
  expect(await claim(100, "webhooks")).toHaveLength(names.length);

  // A consumer that fails gets them again.
  await take(db.pool, w, [order(0, 61)]);
  await recomputeOn(61);
  const failed = transaction(db.pool, async (tx) => {
    const got = await claimStageEntries(tx, {
      workspaceId: w.id,
      modelId: 1,
      consumer: "playbooks",
      since: FIRST_DAY,
      limit: 9,
      now: NOW,
    });
    expect(got).toHaveLength(1);
    throw new Error("the consumer's own work failed");
  });
  await expect(failed).rejects.toThrow("own work");
  expect(await claim(9)).toHaveLength(1);
});

test("a day recorded anew is the same entry: nobody gets it twice", async () => {
  const w = await testWorkspace(db.pool, FIRST_DAY);
  const at = addDays(FIRST_DAY, 20);
  let second = 0;
  /** What a consumer gets after these events became known on that day. */
  const after = async (...happenings: Happening[]) => {
    await take(db.pool, w, happenings);
    await recompute(db.pool, { workspaceId: w.id, mode: "incremental", asOf: at, now: NOW });
    const entries = await claimStageEntries(db.pool, {
      workspaceId: w.id,
      modelId: 1,
      consumer: "playbooks",
      since: at,
      limit: 99,
      now: NOW,
    });
    return entries.map(({ fromStage, toStage }) => `${fromStage} ${toStage}`);
  };
  const worth = (dayOffset: number, amount: number): Happening => ({
    ...order(0, dayOffset),
    second: ++second,
    amount,
  });
  await after(worth(0, 3_000), worth(10, 3_000), worth(18, 3_000));
  expect(await after(worth(20, 50_000))).toEqual(["growth mature"]);
  // Yesterday was better than known: the day began as stable, and ends as it did.
  expect(await after(worth(19, 2_000))).toEqual([]);
  const { rows } = await db.pool.query(sql`
    SELECT from_stage, to_stage FROM stage_transition
    WHERE workspace_id = ${w.id} AND effective_on = ${at}::date AND retracted_at IS NULL`);
  expect(rows).toEqual([{ from_stage: "stable", to_stage: "mature" }]);
  // Away by a refund and back by an order, on one day: the entry was had.
  expect(await after({ ...worth(20, 50_000), kind: "refund" })).toEqual([]);
  expect(await after(worth(20, 50_000))).toEqual([]);
});

test("ARPU of a period, in minor units, from the rollup (R003)", async () => {
  const w = await testWorkspace(db.pool, FIRST_DAY);
  await take(
    db.pool,
    w,
    CUSTOMERS.map((_, c) => order(c, c)),
  );
  const to = addDays(FIRST_DAY, 30);
  expect(await getArpu(db.pool, { workspaceId: w.id, from: FIRST_DAY, to })).toEqual({
    revenue: 10_000,
    customers: 4,
    arpu: 2_500,
  });
  const lastTwo = await getArpu(db.pool, { workspaceId: w.id, from: addDays(FIRST_DAY, 2), to });
  expect(lastTwo).toEqual({ revenue: 5_000, customers: 4, arpu: 1_250 });
  const before = addDays(FIRST_DAY, -1);
  expect(await getArpu(db.pool, { workspaceId: w.id, from: before, to: before })).toEqual({
    revenue: 0,
    customers: 0,
    arpu: null,
  });
});
