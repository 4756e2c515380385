import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fillOnlineRetail, ONLINE_RETAIL_FILE, type RealCounts } from "@/lib/demo/fill-real";
import { onlineRetail } from "@/lib/demo/workspaces";
import { KIND } from "@/lib/intake/kinds";
import { queryRows, type Sql, sql } from "@/lib/platform/db";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { reference } from "./reference";
import { type Line, readLines } from "./retail-lines";

const numbers = z.record(z.string(), z.number());
const now = new Date("2026-11-02T08:00:00Z");

const isCancellation = (line: Line) => line.invoice.startsWith("C");
const invoices = (lines: readonly Line[]) => new Set(lines.map((line) => line.invoice)).size;

/** Mean, sample deviation and quartiles as the published description of RFM gives them. */
const described = (
  value: Sql,
) => sql`jsonb_build_object('count', count(*), 'mean', avg(${value}), 'std', stddev(${value}),
  'min', min(${value}), '25%', percentile_cont(0.25) WITHIN GROUP (ORDER BY ${value}),
  '50%', percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value}),
  '75%', percentile_cont(0.75) WITHIN GROUP (ORDER BY ${value}), 'max', max(${value}))`;

describe("Online Retail in the store", () => {
  let database: TestDatabase;
  let workspace: Workspace;
  let counts: RealCounts;
  const lines = readLines(ONLINE_RETAIL_FILE);
  const one = async (statement: Sql) => (await queryRows(database.pool, numbers, statement))[0]!;

  beforeAll(async () => {
    database = await testDatabase();
    const { clockAt, ...demo } = onlineRetail;
    workspace = await createWorkspace(database.pool, { ...demo, clock: { mode: "fixed", at: clockAt }, now });
    counts = await fillOnlineRetail(database.pool, { workspace, now });
  });
  afterAll(() => database.drop());

  it("starts from the published file", () => {
    const known = reference("online_retail.raw", z.looseObject({ rows: z.number() }));
    const cancelled = lines.filter(isCancellation);
    expect({
      rows: lines.length,
      customers: new Set(lines.map((line) => line.customer).filter((id) => id !== "")).size,
      invoices: invoices(lines),
      null_customer: lines.filter((line) => line.customer === "").length,
      cancel_lines: cancelled.length,
      cancel_invoices: invoices(cancelled),
    }).toEqual({
      rows: known.rows,
      customers: known.customers,
      invoices: known.invoices,
      null_customer: known.null_customer,
      cancel_lines: known.cancel_lines,
      cancel_invoices: known.cancel_invoices,
    });
  });

  it("accounts for every line: read, skipped without a customer or a price, or in an order or refund of the database", async () => {
    const known = reference(
      "online_retail.raw",
      z.looseObject({ rows: z.number(), null_customer: z.number() }),
    );
    expect(counts.rows).toBe(known.rows);
    const ofSomebody = lines.filter((line) => line.customer !== "");
    const named = ofSomebody.filter((line) => line.price > 0);
    expect(counts.skipped).toBe(known.null_customer + ofSomebody.length - named.length);
    const cancelled = named.filter(isCancellation);
    expect(
      await one(sql`
        SELECT count(*) FILTER (WHERE kind = ${KIND.order}) AS orders,
          count(*) FILTER (WHERE kind = ${KIND.refund}) AS refunds,
          sum(jsonb_array_length(props->'items')) FILTER (WHERE kind = ${KIND.order})::float8 AS order_lines,
          sum(jsonb_array_length(props->'items')) FILTER (WHERE kind = ${KIND.refund})::float8 AS refund_lines,
          (SELECT count(*) FROM customer c WHERE c.workspace_id = ${workspace.id}) AS customers
        FROM event WHERE workspace_id = ${workspace.id} AND kind IN (${KIND.order}, ${KIND.refund})`),
    ).toEqual({
      orders: invoices(named) - invoices(cancelled),
      refunds: invoices(cancelled),
      order_lines: named.length - cancelled.length,
      refund_lines: cancelled.length,
      customers: new Set(ofSomebody.map((line) => line.customer)).size, // who only got a free line is one too
    });
  });

  it("gives the numbers others publish for the cleaned file", async () => {
    const known = reference(
      "online_retail.cleanA",
      z.looseObject({ rows: z.number(), customers: z.number(), invoices: z.number(), revenue: z.number() }),
    );
    const orders = await one(sql`
      SELECT count(*) AS invoices, count(DISTINCT customer_id) AS customers, sum(amount)::float8 AS pence
      FROM event WHERE workspace_id = ${workspace.id} AND kind = ${KIND.order}`);
    expect(orders.invoices).toBe(known.invoices);
    expect(orders.customers).toBe(known.customers);
    expect(Math.abs(orders.pence! / 100 - known.revenue)).toBeLessThan(0.01);
    const goods = await one(sql`
      SELECT count(*) AS lines FROM event, jsonb_array_elements(props->'items') item
      WHERE workspace_id = ${workspace.id} AND kind = ${KIND.order}
        AND (item->>'quantity')::numeric > 0 AND (item->>'price')::numeric > 0`);
    expect(goods.lines).toBe(known.rows);
  });

  it("takes back in refunds exactly what the cancellations say", async () => {
    const pence = new Map<string, number>();
    for (const line of lines.filter((l) => l.customer !== "" && isCancellation(l)))
      pence.set(line.invoice, (pence.get(line.invoice) ?? 0) + line.quantity * Math.round(line.price * 1000));
    const known = [...pence.values()].reduce((sum, tenths) => sum + tenths / 1000, 0);
    const stored = await one(sql`
      SELECT sum(amount)::float8 AS amount, (SELECT -sum(refunded)::float8 FROM customer_day
        WHERE workspace_id = ${workspace.id}) AS rolled_up, max(amount)::float8 AS largest
      FROM event WHERE workspace_id = ${workspace.id} AND kind = ${KIND.refund}`);
    expect(stored.amount! / 100).toBeCloseTo(known, 2);
    expect(stored.rolled_up).toBe(stored.amount);
    expect(stored.largest).toBeLessThanOrEqual(0);
  });

  it("gives the published recency, frequency and money of every customer", async () => {
    const summary = z.record(z.string(), z.number());
    const known = reference(
      "rfm.retail.base",
      z.looseObject({
        r: summary,
        f: summary,
        m: summary,
        one_time_buyers: z.number(),
        repeat_rate: z.number(),
      }),
    );
    const [found] = await queryRows(
      database.pool,
      z.object({ r: summary, f: summary, m: summary, one_time_buyers: z.number(), repeat_rate: z.number() }),
      sql`
        WITH customer AS (
          SELECT '2011-12-10'::date - max((occurred_at AT TIME ZONE ${workspace.timeZone})::date) AS r,
            count(*) AS f, sum(amount) / 100.0 AS m
          FROM event WHERE workspace_id = ${workspace.id} AND kind = ${KIND.order}
          GROUP BY customer_id)
        SELECT ${described(sql`r`)} AS r, ${described(sql`f`)} AS f, ${described(sql`m`)} AS m,
          count(*) FILTER (WHERE f = 1) AS one_time_buyers,
          (count(*) FILTER (WHERE f > 1))::float8 / count(*) AS repeat_rate
        FROM customer`,
    );
    for (const part of ["r", "f", "m"] as const)
      for (const [name, value] of Object.entries(known[part]))
        expect(Math.abs(found![part][name]! - value), `${part} ${name}`).toBeLessThan(1e-3);
    expect(found!.one_time_buyers).toBe(known.one_time_buyers);
    expect(Math.abs(found!.repeat_rate - known.repeat_rate)).toBeLessThan(1e-3);
  });
});
