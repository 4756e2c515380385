import { drainAll } from "@/lib/intake/drain";
import { copyInbox, type InboxRow } from "@/lib/intake/inbox";
import { type Pool, transaction } from "@/lib/platform/db";
import { ensureSource } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import type { OnRows } from "./load";
import { imagineWorld, worldRows } from "./world/world";

/** Rows of one COPY and of one drain; the inbox holds two such pieces at most. */
const PIECE_ROWS = 20_000;

/** The next rows of an iterator, at most `count`; leaves it open for the rest. */
function* take(rows: Iterator<InboxRow>, count: number): Generator<InboxRow> {
  for (let i = 0; i < count; i++) {
    const { value, done } = rows.next();
    if (done) return;
    yield value;
  }
}

/**
 * Lets an imagined world happen in the workspace, through the inbox and the drain like any sender's events. A load that was
 * interrupted is simply repeated: what is there already is recognised by its message id.
 */
export async function fillMarketplace(
  pool: Pool,
  p: {
    workspace: Workspace;
    size?: { seed?: number; shops?: number; days?: number };
    now: Date;
    onRows?: OnRows;
  },
): Promise<{ rows: number; stored: number; duplicates: number }> {
  const workspaceId = p.workspace.id;
  const sourceId = await ensureSource(pool, { workspaceId, name: "world", kind: "demo", now: p.now });
  const rows = worldRows(imagineWorld(p.size), sourceId);
  const counts = { rows: 0, stored: 0, duplicates: 0 };
  for (;;) {
    // One piece is copied while the one before it is drained: the first keeps Node busy, the second Postgres.
    const [copied, drained] = await Promise.all([
      transaction(pool, (db) => copyInbox(db, workspaceId, take(rows, PIECE_ROWS))),
      drainAll(pool, { workspaceId, timeZone: p.workspace.timeZone, limit: PIECE_ROWS, now: p.now }),
    ]);
    counts.rows += copied;
    counts.stored += drained.stored;
    counts.duplicates += drained.duplicates;
    if (copied === 0) return counts;
    p.onRows?.(counts.rows);
  }
}
