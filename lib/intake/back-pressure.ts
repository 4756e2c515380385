import { z } from "zod";
import { type Pool, queryRows, sql } from "@/lib/platform/db";

/** Accepted events of one workspace that may wait for the drain: at its pace a few minutes of work. */
export const MAX_WAITING = 2_000_000;

const CHECK_EVERY_MS = 1_000;

interface Reading {
  at: number;
  full: boolean;
}
const readings = new WeakMap<Pool, Map<number, Reading>>();

/**
 * True when a workspace has more events waiting than `limit`, so that senders are asked to come back later: they keep
 * events better than an inbox that grows without end. Read at most once a second per process, so a burst can pass the
 * limit by what arrives in that second. The span of sequence numbers is two index probes and never too small; only when it
 * is beyond the limit (other workspaces use the same sequence) are the rows counted, up to the limit.
 */
export async function isBackedUp(
  pool: Pool,
  p: { workspaceId: number; limit: number; now: Date },
): Promise<boolean> {
  let ofPool = readings.get(pool);
  if (!ofPool) readings.set(pool, (ofPool = new Map()));
  const last = ofPool.get(p.workspaceId);
  const age = last ? p.now.getTime() - last.at : Number.POSITIVE_INFINITY;
  if (last && age >= 0 && age < CHECK_EVERY_MS) return last.full;
  const full =
    (await span(pool, p.workspaceId)) > p.limit && (await waiting(pool, p.workspaceId, p.limit)) > p.limit;
  ofPool.set(p.workspaceId, { at: p.now.getTime(), full });
  return full;
}

const numberRow = z.object({ n: z.number() });

async function span(pool: Pool, workspaceId: number): Promise<number> {
  const [row] = await queryRows(
    pool,
    numberRow,
    sql`SELECT coalesce(
          (SELECT seq FROM event_inbox WHERE workspace_id = ${workspaceId} ORDER BY seq DESC LIMIT 1) -
          (SELECT seq FROM event_inbox WHERE workspace_id = ${workspaceId} ORDER BY seq LIMIT 1) + 1, 0) AS n`,
  );
  return row!.n;
}

async function waiting(pool: Pool, workspaceId: number, limit: number): Promise<number> {
  const [row] = await queryRows(
    pool,
    numberRow,
    sql`SELECT count(*) AS n FROM (
          SELECT FROM event_inbox WHERE workspace_id = ${workspaceId} LIMIT ${limit + 1}) AS counted`,
  );
  return row!.n;
}
