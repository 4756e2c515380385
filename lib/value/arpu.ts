import { z } from "zod";
import type { Day } from "@/lib/platform/day";
import { type Db, findRow, sql } from "@/lib/platform/db";

/** Average revenue per user of a period (ARPU = revenue / customers). */
export const arpuSchema = z.object({
  /** Net revenue of the local days [from, to], minor units. */
  revenue: z.number(),
  /** Customers seen by the end of `to`, whether they bought or not. */
  customers: z.number().int(),
  /** revenue / customers in minor units, not rounded; null without customers: there is no average of nobody. */
  arpu: z.number().nullable(),
});
export type Arpu = z.infer<typeof arpuSchema>;

const row = z.object({ revenue: z.number(), customers: z.number() });

/** Divides, with "no data" instead of a division by nobody. */
export const arpuOf = (revenue: number, customers: number): number | null =>
  customers === 0 ? null : revenue / customers;

/** ARPU of a workspace over the local days [from, to]. */
export async function getArpu(db: Db, p: { workspaceId: number; from: Day; to: Day }): Promise<Arpu> {
  const found = await findRow(
    db,
    row,
    sql`SELECT coalesce(sum(revenue) FILTER (WHERE day >= ${p.from}::date), 0)::float8 AS revenue,
          count(DISTINCT customer_id)::int AS customers
        FROM customer_day WHERE workspace_id = ${p.workspaceId} AND day <= ${p.to}::date`,
  );
  const { revenue, customers } = found ?? { revenue: 0, customers: 0 };
  return { revenue, customers, arpu: arpuOf(revenue, customers) };
}
