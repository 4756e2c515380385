import { transaction } from "@/lib/platform/db";
import type { Bench } from "./bench";

/**
 * F: one bare pass over all raw events grouped by customer, parallel off, with memory enough to do it in one go. Every group
 * of figures takes it again beside its own, so that both meet the same machine.
 */
export const floorPass =
  ({ meter }: Bench) =>
  (): Promise<unknown> =>
    transaction(meter.pool, async (db) => {
      await db.query("SET LOCAL work_mem = '256MB'");
      await db.query(`EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)
        SELECT workspace_id, customer_id, count(*), sum(amount) FROM event GROUP BY workspace_id, customer_id`);
    });

/** The main workspace's share of what the floor cost, by events. */
export const ofMain = ({ data }: Bench, backend: number): number => (backend * data.mainEvents) / data.events;
