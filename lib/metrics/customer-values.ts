import { z } from "zod";
import type { Day } from "@/lib/platform/day";
import { type Db, join, queryRows, raw, sql } from "@/lib/platform/db";
import { refKey } from "./catalogue";
import type { MetricRef, MetricValue } from "./metric";
import { MetricPlan, theseCustomers } from "./plan";

const valuesRow = z.object({
  customerId: z.number(),
  values: z.array(z.union([z.number(), z.string(), z.null()])),
});

/** A customer's metric values by refKey. */
export type CustomerValues = ReadonlyMap<string, MetricValue>;

/**
 * Metrics of a few customers as of a day, by the plan everybody is computed with, in one statement; numbers, days and
 * labels as the transition log keeps them. A customer not seen by the end of the day is missing from the answer.
 */
export async function customerValues(
  db: Db,
  p: { workspaceId: number; asOf: Day; customerIds: readonly number[]; refs: readonly MetricRef[] },
): Promise<Map<number, CustomerValues>> {
  const plan = new MetricPlan(p.workspaceId, p.asOf, theseCustomers(p.customerIds));
  const keys = [...new Map(p.refs.map((ref) => [refKey(ref), ref])).entries()];
  keys.forEach(([, ref], i) => {
    plan.column(`m${i}`, plan.value(ref));
  });
  const list = keys.length ? join(keys.map((_, i) => raw(`fact.m${i}`))) : raw("");
  const rows = await queryRows(
    db,
    valuesRow,
    sql`WITH ${plan.ctes()} SELECT customer_id AS "customerId", jsonb_build_array(${list}) AS values FROM fact`,
  );
  return new Map(
    rows.map(({ customerId, values }) => [customerId, new Map(keys.map(([key], i) => [key, values[i]!]))]),
  );
}
