import type { Clock } from "@/lib/platform/clock";
import type { Day } from "@/lib/platform/day";
import type { Db, Pool } from "@/lib/platform/db";
import { getWorkspace } from "@/lib/workspaces/queries";
import { workspaceDay } from "@/lib/workspaces/schema";
import { type Recompute, type RecomputeCounts, recompute } from "./recompute";

/** The local day a workspace lives in at this moment. */
const today = async (db: Db, workspaceId: number, clock: Clock): Promise<Day> =>
  workspaceDay(await getWorkspace(db, workspaceId), clock());

/** Whether `asOf` is still the day a workspace lives in: asked under the lock of each shard. */
export const isStillToday =
  (workspaceId: number, asOf: Day, clock: Clock) =>
  async (db: Db): Promise<boolean> =>
    (await today(db, workspaceId, clock)) === asOf;

/**
 * Recomputes a workspace as of the day it lives in. When midnight passes or its clock is moved meanwhile, what is left is
 * not written: a shard that others may already have settled for another day must not be settled for this one again.
 */
export async function recomputeNow(
  pool: Pool,
  p: Pick<Recompute, "workspaceId" | "mode" | "onProgress"> & { clock: Clock },
): Promise<RecomputeCounts> {
  const { workspaceId, mode, onProgress, clock } = p;
  const asOf = await today(pool, workspaceId, clock);
  const stillWanted = isStillToday(workspaceId, asOf, clock);
  return recompute(pool, { workspaceId, mode, onProgress, asOf, now: clock(), stillWanted });
}
