import { z } from "zod";
import { type Day, day } from "@/lib/platform/day";
import { type Db, findRow, sql } from "@/lib/platform/db";

/** The first local day anybody had a stage in the workspace, or null when nobody has: where "all time" begins. */
export async function findFirstDay(db: Db, p: { workspaceId: number; modelId: number }): Promise<Day | null> {
  const row = await findRow(
    db,
    z.object({ first: day.nullable() }),
    sql`SELECT min(day) AS first FROM stage_flow WHERE workspace_id = ${p.workspaceId} AND model_id = ${p.modelId} AND moves <> 0`,
  );
  return row?.first ?? null;
}
