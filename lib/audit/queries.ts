import { z } from "zod";
import { type Db, empty, queryRows, raw, sql } from "@/lib/platform/db";
import { entryHash, GENESIS } from "./chain";
import { type AuditAction, type AuditEntry, auditEntry } from "./schema";

const columns =
  raw(`seq, at, json_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name) AS actor,
  action, target, before, after, reason, hash`);

export interface AuditFilter {
  actions?: readonly AuditAction[];
  actorId?: string;
  /** Part of the target, any case. */
  target?: string;
  /** Instants, half-open. */
  from?: Date;
  to?: Date;
}

/** Entries of a workspace, newest first, below `before` (the number of the last one already shown). */
export const listAudit = (
  db: Db,
  p: AuditFilter & { workspaceId: number; before?: number; limit: number },
): Promise<AuditEntry[]> =>
  queryRows(
    db,
    auditEntry,
    sql`SELECT ${columns} FROM audit_entry WHERE workspace_id = ${p.workspaceId}
      ${p.before === undefined ? empty : sql`AND seq < ${p.before}`}
      ${p.actions?.length ? sql`AND action = ANY(${[...p.actions]}::text[])` : empty}
      ${p.actorId === undefined ? empty : sql`AND actor_id = ${p.actorId}`}
      ${p.target ? sql`AND strpos(lower(target), lower(${p.target})) > 0` : empty}
      ${p.from ? sql`AND at >= ${p.from}` : empty} ${p.to ? sql`AND at < ${p.to}` : empty}
      ORDER BY seq DESC LIMIT ${p.limit}`,
  );

const actorRow = z.object({ id: z.string(), name: z.string() });

/** Everybody who stands in the log, under the name of their last deed. */
export const listActors = (db: Db, workspaceId: number): Promise<z.infer<typeof actorRow>[]> =>
  queryRows(
    db,
    actorRow,
    sql`SELECT id, name FROM (
          SELECT DISTINCT ON (actor_id) actor_id AS id, actor_name AS name FROM audit_entry
          WHERE workspace_id = ${workspaceId} ORDER BY actor_id, seq DESC) last
        ORDER BY name, id`,
  );

/** Whether a workspace's log is whole: how many entries were read, and the first that does not follow from those before it. */
export const verification = z.object({
  entries: z.number().int(),
  /** Hash of the last entry: kept elsewhere, it also shows a log cut off at its end. */
  head: z.string(),
  brokenAt: z.number().int().nullable(),
});
export type Verification = z.infer<typeof verification>;

const PAGE = 1_000;

/** Follows the chain from the first entry; an entry changed, removed, added or moved breaks it there. */
export async function verifyAudit(db: Db, workspaceId: number): Promise<Verification> {
  let head = GENESIS;
  let entries = 0;
  for (;;) {
    const page = await queryRows(
      db,
      auditEntry,
      sql`SELECT ${columns} FROM audit_entry WHERE workspace_id = ${workspaceId} AND seq > ${entries}
          ORDER BY seq LIMIT ${PAGE}`,
    );
    for (const { hash, ...entry } of page) {
      if (entry.seq !== entries + 1 || hash !== entryHash(head, workspaceId, entry))
        return { entries, head, brokenAt: entry.seq };
      head = hash;
      entries++;
    }
    if (page.length < PAGE) return { entries, head, brokenAt: null };
  }
}
