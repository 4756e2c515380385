import type { Day } from "@/lib/platform/day";
import { type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import { lockClock } from "./shard";

/**
 * Lets a version of a model decide from a local day on, in one transaction: the published one retires, this one is
 * published. The next recompute sees that everybody was judged by another and looks at everybody (recompute.ts). Waits for whoever is settling a day: nobody is judged by half of each. A day before the present
 * version's is refused: what it decided since would be nobody's.
 */
export async function putInForce(
  pool: Pool,
  p: { workspaceId: number; modelId: number; version: number; on: Day; now: Date },
): Promise<void> {
  const version = sql`workspace_id = ${p.workspaceId} AND model_id = ${p.modelId}`;
  await transaction(pool, async (db) => {
    await lockClock(db, p.workspaceId);
    const { rows } = await db.query(
      sql`SELECT 1 FROM stage_model_version WHERE ${version} AND effective_on > ${p.on}::date`,
    );
    if (rows.length > 0)
      throw new AppError("conflict", `A version decides from a day after ${p.on}`, { on: p.on });
    await db.query(
      sql`UPDATE stage_model_version SET state = 'retired' WHERE ${version} AND state = 'published'`,
    );
    const { rowCount } = await db.query(sql`
      UPDATE stage_model_version SET state = 'published', effective_on = ${p.on}::date, published_at = ${p.now}
      WHERE ${version} AND version = ${p.version} AND state IN ('draft', 'in_review')`);
    if (rowCount === 0) throw new NotFoundError("unpublished version", p.version);
  });
}
