import { z } from "zod";
import { customKindIds } from "@/lib/intake/custom-kinds";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { tooManyKinds } from "@/lib/intake/ingest";
import { visibleText } from "@/lib/intake/quarantine";
import type { Rejection } from "@/lib/intake/rejection";
import type { DecodedEvent } from "@/lib/intake/segment";
import { type Db, findRow, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { decodeQuarantined, quarantined } from "./decode-quarantined";
import type { ApplyMapping } from "./mapping";
import type { ReplayCounts } from "./replay-answer";
import { newestQuarantinedSql, quarantinedPageSql } from "./sql/quarantined-page";

/** Rows of one transaction. */
const PAGE = 500;

export interface ReplayRequest {
  workspaceId: number;
  sourceId: number;
  currency: string;
  apply: ApplyMapping;
  now: Date;
  /** Called after each page. */
  onProgress?: (counts: ReplayCounts) => void;
  /** True: end at the next page; what is left stays in quarantine. */
  isStopping?: () => boolean;
}

/**
 * Sends the refused events of a source through the intake again, exactly once: an event leaves the quarantine in the
 * transaction that puts it into the inbox, and who deletes the row is the one who inserts it, so two replays at the same
 * time share the rows among them. What is refused again stays, with today's reason.
 */
export async function replayQuarantine(pool: Pool, p: ReplayRequest): Promise<ReplayCounts> {
  const total: ReplayCounts = { examined: 0, accepted: 0, dropped: 0, refused: 0 };
  const newest = await findRow(pool, idRow, newestQuarantinedSql(p.workspaceId));
  const until = newest?.id ?? 0;
  for (let after = 0; !p.isStopping?.(); ) {
    const rows = await queryRows(pool, quarantined, quarantinedPageSql({ ...p, after, until, limit: PAGE }));
    const counts = await replayPage(pool, p, rows);
    for (const key of Object.keys(total) as (keyof ReplayCounts)[]) total[key] += counts[key];
    p.onProgress?.(total);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = last.id;
  }
  return total;
}

interface Sorted {
  events: { id: number; event: DecodedEvent }[];
  dropped: number[];
  refused: { id: number; rejection: Rejection }[];
  untouched: number;
}

async function replayPage(
  pool: Pool,
  p: ReplayRequest,
  rows: readonly z.infer<typeof quarantined>[],
): Promise<ReplayCounts> {
  const sorted: Sorted = { events: [], dropped: [], refused: [], untouched: 0 };
  for (const row of rows) {
    const outcome = decodeQuarantined(row, p);
    if (outcome === null) sorted.untouched++;
    else if (!outcome.ok) sorted.refused.push({ id: row.id, rejection: outcome.rejection });
    else if (outcome.value === "dropped") sorted.dropped.push(row.id);
    else sorted.events.push({ id: row.id, event: outcome.value });
  }
  const passing = await withKinds(pool, p, sorted);
  const moved = await transaction(pool, async (db) => {
    const there = await lockRows(
      db,
      p.workspaceId,
      rows.map(({ id }) => id),
    );
    const leaving = [...passing.keys(), ...sorted.dropped].filter((id) => there.has(id));
    const taken = await takeOut(db, p.workspaceId, leaving);
    const inbox = [...passing].flatMap(([id, row]) => (taken.has(id) ? [row] : []));
    await writeInbox(db, p.workspaceId, inbox);
    await renameReasons(db, p.workspaceId, sorted.refused);
    return { accepted: inbox.length, dropped: sorted.dropped.filter((id) => taken.has(id)).length };
  });
  return { examined: rows.length, ...moved, refused: sorted.refused.length + sorted.untouched };
}

/** Rows for the inbox by the row of quarantine they come from; a new kind beyond the limit is one more refusal. */
async function withKinds(pool: Pool, p: ReplayRequest, sorted: Sorted): Promise<Map<number, InboxRow>> {
  const keys = sorted.events.flatMap(({ event }) => (typeof event.kind === "string" ? [event.kind] : []));
  const ids = await customKindIds(pool, { workspaceId: p.workspaceId, keys, createdAt: p.now });
  const passing = new Map<number, InboxRow>();
  for (const { id, event } of sorted.events) {
    const kind = typeof event.kind === "string" ? ids.get(event.kind) : event.kind;
    if (kind === undefined) sorted.refused.push({ id, rejection: tooManyKinds });
    else passing.set(id, { ...event, kind });
  }
  return passing;
}

const idRow = z.object({ id: z.number() });

/** Locks the rows that are still there, in the order of their numbers: of two callers each row has one, and none waits in a circle. */
async function lockRows(db: Db, workspaceId: number, ids: readonly number[]): Promise<Set<number>> {
  const rows = await queryRows(
    db,
    idRow,
    sql`SELECT id FROM event_quarantine WHERE workspace_id = ${workspaceId} AND id = ANY(${[...ids]}::bigint[])
        ORDER BY id FOR UPDATE`,
  );
  return new Set(rows.map(({ id }) => id));
}

async function takeOut(db: Db, workspaceId: number, ids: readonly number[]): Promise<Set<number>> {
  const rows = await queryRows(
    db,
    idRow,
    sql`DELETE FROM event_quarantine WHERE workspace_id = ${workspaceId} AND id = ANY(${[...ids]}::bigint[])
        RETURNING id`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Writes today's reason where it is another one. */
async function renameReasons(
  db: Db,
  workspaceId: number,
  refused: readonly { id: number; rejection: Rejection }[],
): Promise<void> {
  if (refused.length === 0) return;
  const sorted = [...refused].sort((a, b) => a.id - b.id);
  await db.query(sql`
    UPDATE event_quarantine q SET reason = now.reason, path = now.path, detail = now.detail
    FROM unnest(
      ${sorted.map(({ id }) => id)}::bigint[],
      ${sorted.map(({ rejection }) => rejection.reason)}::text[],
      ${sorted.map(({ rejection }) => rejection.path && visibleText(rejection.path))}::text[],
      ${sorted.map(({ rejection }) => visibleText(rejection.message))}::text[]
    ) AS now (id, reason, path, detail)
    WHERE q.workspace_id = ${workspaceId} AND q.id = now.id
      AND (q.reason, q.path, q.detail) IS DISTINCT FROM (now.reason, now.path, now.detail)`);
}
