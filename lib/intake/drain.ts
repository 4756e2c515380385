import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { resolveIdentities } from "./identity";
import { isDataFault, quarantineOldest } from "./poison";
import { claimBatch } from "./sql/claim-batch";
import { findWaitingBatch } from "./sql/waiting-batch";

/** First key of the advisory lock; the second is the workspace. Whoever changes identities by another way takes it too. */
export const DRAIN_LOCK = 731;

/** Waits for the workspace's drainer and lets none begin until the caller's transaction ends. */
export async function holdIntake(db: Db, workspaceId: number): Promise<void> {
  await db.query(sql`SELECT pg_advisory_xact_lock(${DRAIN_LOCK}, ${workspaceId})`);
}

/** Measured among 2, 5, 10 and 20 thousand: the cheapest per event. */
export const DEFAULT_BATCH_ROWS = 10_000;

export interface DrainRequest {
  workspaceId: number;
  timeZone: string;
  /** Rows of one transaction. */
  limit?: number;
  now: Date;
}

export interface DrainCounts {
  /** Rows taken from the inbox: stored + duplicates + aliases + quarantined. */
  claimed: number;
  stored: number;
  duplicates: number;
  /** Customers that appeared. */
  customers: number;
  merged: number;
  /** Rows the database could not hold; they are in event_quarantine. */
  quarantined: number;
}

const NOTHING: DrainCounts = {
  claimed: 0,
  stored: 0,
  duplicates: 0,
  customers: 0,
  merged: 0,
  quarantined: 0,
};

/**
 * Every look-up of a drain is a probe of an index, even just after a bulk load, when the planner still believes that
 * the inbox is nearly empty and would sort all of it for each batch.
 */
const probeIndexes = (db: Db) =>
  db.query(
    sql`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`,
  );

async function drainRows(db: Db, p: DrainRequest, limit: number): Promise<DrainCounts> {
  const batch = await findWaitingBatch(db, { workspaceId: p.workspaceId, limit });
  if (!batch) return NOTHING;
  const identities = await resolveIdentities(db, { ...p, unsettled: batch.unsettled });
  const { claimed, aliases, stored } = await claimBatch(db, { ...p, batch });
  return {
    claimed,
    stored,
    duplicates: claimed - aliases - stored,
    customers: identities.created,
    merged: identities.merged,
    quarantined: 0,
  };
}

/**
 * A batch, in the caller's transaction and under its lock; where a row of it cannot be stored, a smaller one, down to the
 * one row, which goes to quarantine.
 */
export async function drainBatch(db: Db, p: DrainRequest): Promise<DrainCounts> {
  await probeIndexes(db);
  for (let limit = p.limit ?? DEFAULT_BATCH_ROWS; ; limit = Math.floor(limit / 2)) {
    await db.query("SAVEPOINT batch");
    try {
      return await drainRows(db, p, limit);
    } catch (error) {
      if (!isDataFault(error)) throw error;
      await db.query("ROLLBACK TO SAVEPOINT batch");
      if (limit > 1) continue;
      await quarantineOldest(db, { ...p, fault: error as Error });
      return { ...NOTHING, claimed: 1, quarantined: 1 };
    }
  }
}

/**
 * Moves the next batch of a workspace from the inbox into events, days and traits, exactly once: one transaction, so a
 * crash returns all of it. One drainer a workspace: while another one works, this answers zeros at once.
 */
export const drain = (pool: Pool, p: DrainRequest): Promise<DrainCounts> =>
  transaction(pool, async (db) => {
    // Read committed: every statement after the lock sees what the drainer before us committed.
    const { rows } = await db.query(
      sql`SELECT pg_try_advisory_xact_lock(${DRAIN_LOCK}, ${p.workspaceId}) AS mine`,
    );
    return rows[0].mine ? drainBatch(db, p) : NOTHING;
  });

/** Drains batch after batch until the workspace's inbox is empty; waits its turn while another drainer works. */
export async function drainAll(pool: Pool, p: DrainRequest): Promise<DrainCounts> {
  const total = { ...NOTHING };
  for (;;) {
    const counts = await transaction(pool, async (db) => {
      await holdIntake(db, p.workspaceId);
      return drainBatch(db, p);
    });
    if (counts.claimed === 0) return total;
    for (const key of Object.keys(total) as (keyof DrainCounts)[]) total[key] += counts[key];
  }
}
