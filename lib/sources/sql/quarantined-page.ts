import { type Sql, sql } from "@/lib/platform/db";

/** Refused events of a source in the order they were kept, after `after` and up to `until`. */
export const quarantinedPageSql = (p: {
  workspaceId: number;
  sourceId: number;
  after: number;
  until: number;
  limit: number;
}): Sql => sql`
  SELECT id, source_id AS "sourceId", received_at AS "receivedAt", reason, path, detail, raw, envelope
  FROM event_quarantine
  WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId} AND id > ${p.after} AND id <= ${p.until}
  ORDER BY id LIMIT ${p.limit}`;

/** The newest refused event of the workspace: what is kept later is not part of what was asked. */
export const newestQuarantinedSql = (workspaceId: number): Sql => sql`
  SELECT coalesce(max(id), 0) AS id FROM event_quarantine WHERE workspace_id = ${workspaceId}`;
