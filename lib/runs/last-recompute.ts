import { z } from "zod";
import { type Db, findRow, sql } from "@/lib/platform/db";

/** When stages and stored metrics were last computed in the background, or null; a clock set on by hand leaves no run. */
export async function findLastRecompute(db: Db, workspaceId: number): Promise<Date | null> {
  const row = await findRow(
    db,
    z.object({ at: z.date().nullable() }),
    sql`SELECT max(finished_at) AS at FROM run
        WHERE workspace_id = ${workspaceId} AND state = 'succeeded' AND kind LIKE 'recompute%'`,
  );
  return row?.at ?? null;
}
