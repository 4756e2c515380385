import { type Db, sql } from "@/lib/platform/db";

/** SQLSTATE classes that blame the data (22, 23) or its size (54), not the server: trying the same rows again can't help. */
export const isDataFault = (error: unknown): boolean =>
  /^(22|23|54)/.test(String((error as { code?: unknown }).code ?? ""));

/**
 * Moves the oldest waiting row of a workspace into quarantine, as it stands, with what the database said of it: one
 * row nobody foresaw must not hold up everything behind it. Runs in the drain's transaction.
 */
export async function quarantineOldest(
  db: Db,
  p: { workspaceId: number; now: Date; fault: Error },
): Promise<void> {
  await db.query(sql`
    WITH taken AS (
      DELETE FROM event_inbox WHERE workspace_id = ${p.workspaceId}
        AND seq = (SELECT min(seq) FROM event_inbox WHERE workspace_id = ${p.workspaceId})
      RETURNING *
    )
    INSERT INTO event_quarantine (workspace_id, source_id, received_at, reason, path, detail, raw)
    SELECT workspace_id, source_id, ${p.now}::timestamptz, 'unprocessable', NULL, ${p.fault.message}, to_jsonb(taken)::text
    FROM taken`);
}
