import { z } from "zod";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { entryHash, GENESIS } from "./chain";
import { type Deed, deed } from "./schema";

/** First key of the advisory lock under which a workspace's chain grows; the second is the workspace. */
const AUDIT_LOCK = 733;

const lastRow = z.object({ seq: z.number(), hash: z.string() });

/**
 * Adds a deed to the workspace's log, inside the transaction that does it: both happen or neither. One at a time per
 * workspace, until that transaction ends. Postgres keeps microseconds, JavaScript milliseconds: `now` survives the trip.
 */
export async function appendAudit(db: Db, p: { workspaceId: number; now: Date } & Deed): Promise<void> {
  const { workspaceId, now, ...rest } = p;
  // As JSON stores it: no undefined, dates as text, so that the hash can be computed again from the table.
  const { actor, action, target, before, after, reason } = deed.parse(JSON.parse(JSON.stringify(rest)));
  await db.query(sql`SELECT pg_advisory_xact_lock(${AUDIT_LOCK}, ${workspaceId})`);
  const last = (await findRow(
    db,
    lastRow,
    sql`SELECT seq, hash FROM audit_entry WHERE workspace_id = ${workspaceId} ORDER BY seq DESC LIMIT 1`,
  )) ?? { seq: 0, hash: GENESIS };
  const seq = last.seq + 1;
  const hash = entryHash(last.hash, workspaceId, {
    seq,
    at: now,
    actor,
    action,
    target,
    before,
    after,
    reason,
  });
  await db.query(sql`
    INSERT INTO audit_entry (workspace_id, seq, at, actor_kind, actor_id, actor_name, action, target, before, after, reason, hash)
    VALUES (${workspaceId}, ${seq}, ${now}, ${actor.kind}, ${actor.id}, ${actor.name}, ${action}, ${target},
      ${before && JSON.stringify(before)}::jsonb, ${after && JSON.stringify(after)}::jsonb, ${reason}, ${hash})`);
}
