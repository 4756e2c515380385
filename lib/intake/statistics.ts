import { type Pool, sql } from "@/lib/platform/db";

/**
 * Tells the planner what a bulk load made of the store. Autovacuum lags behind rows that come this quickly, and plans made
 * for empty tables take minutes where the right ones take a second.
 */
export const refreshStatistics = (pool: Pool) =>
  pool.query(sql`ANALYZE customer, customer_day, customer_day_kind, customer_trait, identity, event,
    customer_stage, stage_transition, stage_flow`);
