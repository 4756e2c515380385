import { z } from "zod";
import { type Db, findRow, sql } from "@/lib/platform/db";

/** Kind of the run that records a finished demo load. */
const DEMO_RUN = "demo";

/** True when the demo data of the workspace has been loaded to its end; an interrupted load answers false. */
export async function isDemoLoaded(db: Db, workspaceId: number): Promise<boolean> {
  const row = await findRow(
    db,
    z.object({ loaded: z.boolean() }),
    sql`SELECT EXISTS (SELECT FROM run WHERE workspace_id = ${workspaceId} AND kind = ${DEMO_RUN}
          AND state = 'succeeded') AS loaded`,
  );
  return row?.loaded ?? false;
}

/** Records that the demo data of the workspace is complete, with what was counted on the way. */
export async function recordDemoLoad(
  db: Db,
  p: { workspaceId: number; counts: Record<string, number>; startedAt: Date; now: Date },
): Promise<void> {
  await db.query(sql`
    INSERT INTO run (workspace_id, kind, state, counts, started_at, heartbeat_at, finished_at)
    VALUES (${p.workspaceId}, ${DEMO_RUN}, 'succeeded', ${JSON.stringify(p.counts)}::jsonb, ${p.startedAt}, ${p.now}, ${p.now})`);
}
