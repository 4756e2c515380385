import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fillCdnow, type RealCounts } from "@/lib/demo/fill-real";
import { cdnow } from "@/lib/demo/workspaces";
import { KIND } from "@/lib/intake/kinds";
import { parseDay } from "@/lib/platform/day";
import { queryRows, type Sql, sql } from "@/lib/platform/db";
import { getRhythm } from "@/lib/stages/rhythm";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { reference } from "./reference";

const numbers = z.record(z.string(), z.number());
const now = new Date("2026-11-02T08:00:00Z");

describe("the CDNOW sample in the store", () => {
  let database: TestDatabase;
  let workspace: Workspace;
  let counts: RealCounts;
  const one = async (statement: Sql) => (await queryRows(database.pool, numbers, statement))[0]!;

  beforeAll(async () => {
    database = await testDatabase();
    const { clockAt, ...demo } = cdnow;
    workspace = await createWorkspace(database.pool, { ...demo, clock: { mode: "fixed", at: clockAt }, now });
    counts = await fillCdnow(database.pool, { workspace, now });
  });
  afterAll(() => database.drop());

  it("has the rhythm its thresholds are read from (docs/demo-data.md)", async () => {
    const { gaps, back } = await getRhythm(database.pool, {
      workspaceId: workspace.id,
      asOf: parseDay("1998-06-30"),
    });
    const { gaps: count, ...quantiles } = gaps;
    expect(count).toBeGreaterThan(4_000);
    expect(Object.values(quantiles).map((days) => Math.floor(days!))).toEqual([12, 34, 90, 117, 196, 279]);
    expect(back.map(({ within90 }) => Math.round(100 * within90!))).toEqual([22, 16, 14, 13, 9]);
  });

  it("holds the published counts", async () => {
    const known = reference(
      "cdnow_sample.counts",
      z.object({
        rows: z.number(),
        customers: z.number(),
        rows_after_same_day_merge: z.number(),
        total_amount: z.number(),
        zero_amount_rows: z.number(),
      }),
    );
    expect(counts.rows).toBe(known.rows);
    expect(
      await one(sql`SELECT count(*) AS orders, count(DISTINCT customer_id) AS customers, sum(amount)::float8 AS amount,
          count(*) FILTER (WHERE amount = 0) AS free
        FROM event WHERE workspace_id = ${workspace.id} AND kind = ${KIND.order}`),
    ).toEqual({
      orders: known.rows,
      customers: known.customers,
      amount: Math.round(known.total_amount * 100),
      free: known.zero_amount_rows,
    });
    expect(
      await one(sql`SELECT count(*) FILTER (WHERE orders > 0) AS days, sum(orders)::float8 AS orders,
          sum(revenue)::float8 AS revenue, count(*) AS rows
        FROM customer_day WHERE workspace_id = ${workspace.id}`),
    ).toEqual({
      days: known.rows_after_same_day_merge,
      orders: known.rows,
      revenue: Math.round(known.total_amount * 100),
      rows: known.rows_after_same_day_merge,
    });
  });

  it("splits into the published calibration and holdout", async () => {
    const known = reference("cdnow_sample.calibration", numbers);
    expect(
      await one(sql`
        WITH purchases AS (
          SELECT customer_id, count(*) FILTER (WHERE day < '1997-10-01') - 1 AS x,
            count(*) FILTER (WHERE day >= '1997-10-01' AND day < '1998-07-01') AS later
          FROM customer_day WHERE workspace_id = ${workspace.id} AND orders > 0 GROUP BY customer_id)
        SELECT sum(x)::float8 AS sum_x, count(*) FILTER (WHERE x = 0) AS customers_x0,
          sum(later)::float8 AS holdout_orders FROM purchases`),
    ).toEqual(known);
  });

  it("gives the published hazard of an order after one, two and three silent months", async () => {
    const known = reference(
      "hazard.sample",
      z.record(z.string(), z.object({ at_risk: z.number(), bought: z.number(), hazard: z.number() })),
    );
    const rows = await queryRows(
      database.pool,
      z.object({ silent: z.number(), at_risk: z.number(), bought: z.number() }),
      sql`
        WITH active AS (                -- months with an order, numbered
          SELECT DISTINCT customer_id, (extract(year FROM day) * 12 + extract(month FROM day))::int AS month
          FROM customer_day WHERE workspace_id = ${workspace.id} AND orders > 0
        ), spans AS (                   -- each with the next one; none: the end of the data, 1998-06
          SELECT month, lead(month) OVER (PARTITION BY customer_id ORDER BY month) AS next FROM active
        )
        SELECT silent, count(*) AS at_risk, count(*) FILTER (WHERE month + silent = next) AS bought
        FROM spans, generate_series(1, 3) silent
        WHERE month + silent <= coalesce(next, 1998 * 12 + 6)
        GROUP BY silent`,
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      const expected = known[String(row.silent)]!;
      expect([row.at_risk, row.bought]).toEqual([expected.at_risk, expected.bought]);
    }
  });

  it("changes nothing when imported again", async () => {
    const before = await one(sql`SELECT count(*) AS events, sum(amount)::float8 AS amount FROM event
      WHERE workspace_id = ${workspace.id}`);
    const again = await fillCdnow(database.pool, { workspace, now });
    expect(again.stored).toBe(0);
    expect(
      await one(sql`SELECT count(*) AS events, sum(amount)::float8 AS amount FROM event
        WHERE workspace_id = ${workspace.id}`),
    ).toEqual(before);
  });
});
