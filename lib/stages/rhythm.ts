import { z } from "zod";
import type { Day } from "@/lib/platform/day";
import { type Db, findRow, queryRows, sql } from "@/lib/platform/db";
import { endsWithin, survivalOf } from "./survival";

/** Shares of the gaps between orders that are not longer than the days given. */
const quantiles = z.object({
  p25: z.number().nullable(),
  p50: z.number().nullable(),
  p75: z.number().nullable(),
  p80: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
});

const gapsRow = quantiles.extend({ gaps: z.number() });
const spanRow = z.object({ days: z.number(), ended: z.number(), open: z.number() });

/** How a workspace's customers order: what the cut points of silence are read from. */
export interface Rhythm {
  asOf: Day;
  /** Finished gaps between a customer's order days, of all customers together; orders of one day are one. */
  gaps: z.infer<typeof gapsRow>;
  /**
   * For customers with one or two orders who have been silent for so many days: the chance of an order within the next
   * 90 (Kaplan-Meier, the open gap censored), and how many spans were still waiting then.
   */
  back: { silentDays: number; within90: number | null; atRisk: number }[];
}

const SILENT_DAYS = [30, 60, 90, 120, 180];
const WITHIN_DAYS = 90;
/** Rhythm of one's own begins with the third order: before it, others' experience is all there is. */
const FEW_ORDERS = 2;

/** The rhythm of a workspace as of a local day. */
export async function getRhythm(db: Db, p: { workspaceId: number; asOf: Day }): Promise<Rhythm> {
  const orderDays = sql`
    SELECT day, lead(day) OVER own AS next_on, row_number() OVER own AS nth FROM customer_day
    WHERE workspace_id = ${p.workspaceId} AND orders > 0 AND day <= ${p.asOf}::date
    WINDOW own AS (PARTITION BY customer_id ORDER BY day)`;
  const gaps = await findRow(
    db,
    gapsRow,
    sql`SELECT count(*)::int AS gaps,
          percentile_cont(0.25) WITHIN GROUP (ORDER BY next_on - day) AS p25,
          percentile_cont(0.50) WITHIN GROUP (ORDER BY next_on - day) AS p50,
          percentile_cont(0.75) WITHIN GROUP (ORDER BY next_on - day) AS p75,
          percentile_cont(0.80) WITHIN GROUP (ORDER BY next_on - day) AS p80,
          percentile_cont(0.90) WITHIN GROUP (ORDER BY next_on - day) AS p90,
          percentile_cont(0.95) WITHIN GROUP (ORDER BY next_on - day) AS p95
        FROM (${orderDays}) AS ordered WHERE next_on IS NOT NULL`,
  );
  const spans = await queryRows(
    db,
    spanRow,
    sql`SELECT coalesce(next_on, ${p.asOf}::date) - day AS days,
          count(next_on)::int AS ended, count(*) FILTER (WHERE next_on IS NULL)::int AS open
        FROM (${orderDays}) AS ordered WHERE nth <= ${FEW_ORDERS} GROUP BY 1 ORDER BY 1`,
  );
  const survives = survivalOf(spans);
  return {
    asOf: p.asOf,
    gaps: gaps!,
    back: SILENT_DAYS.map((silentDays) => ({
      silentDays,
      within90: endsWithin(spans, { day: silentDays, within: WITHIN_DAYS }),
      atRisk: survives(silentDays).atRisk,
    })),
  };
}
