import { addDays, startOfDay } from "@/lib/platform/day";
import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type Workspace, type WorkspaceClock, workspaceDay } from "@/lib/workspaces/schema";
import { MOST_CLOCK_DAYS } from "@/lib/workspaces/settings-schema";
import type { Recompute, RecomputeCounts } from "./recompute";
import { recomputeNow } from "./recompute-now";
import { lockClock } from "./shard";

interface ClockMove {
  workspaceId: number;
  clock: WorkspaceClock;
  now: Date;
}

/** Sets a workspace's clock in a transaction of its own; see moveClock. */
export const setClock = (pool: Pool, p: ClockMove): Promise<Workspace> =>
  transaction(pool, (db) => moveClock(db, p));

/**
 * Sets a workspace's clock: to real time, at an instant where it stands, or at a distance from real time. Waits for whoever
 * is settling a day, until the caller's transaction ends. Going back, what was learned from later days is marked to be
 * learned again when the clock returns there, and everyone is looked at anew. The caller recomputes.
 */
export async function moveClock(db: Db, p: ClockMove): Promise<Workspace> {
  await lockClock(db, p.workspaceId);
  const before = await getWorkspace(db, p.workspaceId);
  await db.query(sql`
      UPDATE workspace SET clock_mode = ${p.clock.mode},
        clock_at = ${p.clock.mode === "fixed" ? p.clock.at : null}::timestamptz,
        clock_shift_ms = ${p.clock.mode === "shifted" ? p.clock.shiftMs : null}::bigint
      WHERE id = ${p.workspaceId}`);
  const after = await getWorkspace(db, p.workspaceId);
  const day = workspaceDay(after, p.now);
  if (day < workspaceDay(before, p.now)) {
    await db.query(sql`
        INSERT INTO customer_dirty (workspace_id, customer_id, day)
        SELECT workspace_id, customer_id, day FROM customer_day
        WHERE workspace_id = ${p.workspaceId} AND day > ${day}::date
        UNION ALL
        SELECT workspace_id, customer_id, ${addDays(day, -1)}::date FROM customer_stage WHERE workspace_id = ${p.workspaceId}`);
  }
  return after;
}

/** Further no clock is moved at once. */
export const MOST_DAYS = MOST_CLOCK_DAYS;

/** Moves a standing clock by whole days; forward it lives through each of them: transitions happen as they would have. */
export async function advanceClock(
  pool: Pool,
  p: { workspaceId: number; days: number; now: Date; onProgress?: Recompute["onProgress"] },
): Promise<{ workspace: Workspace; counts: RecomputeCounts }> {
  const workspace = await getWorkspace(pool, p.workspaceId);
  if (workspace.clockMode !== "fixed") {
    throw new AppError(
      "conflict",
      `The clock of "${workspace.slug}" runs by itself; only a fixed clock can be advanced`,
    );
  }
  const day = addDays(workspaceDay(workspace, p.now), p.days);
  const moved = await setClock(pool, {
    workspaceId: p.workspaceId,
    clock: { mode: "fixed", at: startOfDay(day, workspace.timeZone) },
    now: p.now,
  });
  const counts = await recomputeNow(pool, {
    workspaceId: p.workspaceId,
    mode: "incremental",
    clock: () => p.now,
    onProgress: p.onProgress,
  });
  return { workspace: moved, counts };
}
