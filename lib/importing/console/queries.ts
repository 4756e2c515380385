import { z } from "zod";
import { type Db, empty, findRow, queryRows, raw, type Sql, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { runCounts } from "./progress";
import { type ImportRecord, importRecord, type Progress, type Settings, settings } from "./schema";

const columns =
  raw(`i.id, i.file_name AS "fileName", i.bytes, i.chunk_bytes AS "chunkBytes", i.sha256, i.state, i.format,
  i.header_print AS "headerPrint", i.settings, i.checked, i.result, i.undone, i.error, i.source_id AS "sourceId",
  i.run_id AS "runId", i.queued_at AS "queuedAt", i.stop, i.actor, i.created_at AS "createdAt",
  i.finished_at AS "finishedAt",
  coalesce((SELECT max(r.n) FROM import_reject r WHERE r.workspace_id = i.workspace_id AND r.import_id = i.id), 0) AS rejects,
  EXISTS (SELECT FROM import_chunk c WHERE c.workspace_id = i.workspace_id AND c.import_id = i.id) AS "hasFile"`);

interface OneImport {
  workspaceId: number;
  importId: number;
}

export const findImport = (db: Db, p: OneImport, lock: Sql = empty): Promise<ImportRecord | null> =>
  findRow(
    db,
    importRecord,
    sql`SELECT ${columns} FROM import i WHERE i.workspace_id = ${p.workspaceId} AND i.id = ${p.importId} ${lock}`,
  );

/** The import, or not_found. */
export async function getImport(db: Db, p: OneImport, lock?: Sql): Promise<ImportRecord> {
  const found = await findImport(db, p, lock);
  if (!found) throw new NotFoundError("import", p.importId);
  return found;
}

/** Imports of a workspace, newest first, below `before`. */
export const listImports = (
  db: Db,
  p: { workspaceId: number; before?: number; limit: number },
): Promise<ImportRecord[]> =>
  queryRows(
    db,
    importRecord,
    sql`SELECT ${columns} FROM import i WHERE i.workspace_id = ${p.workspaceId}
        ${p.before === undefined ? empty : sql`AND i.id < ${p.before}`} ORDER BY i.id DESC LIMIT ${p.limit}`,
  );

/** Numbers of the pieces that are here. */
export async function listChunks(db: Db, p: OneImport): Promise<number[]> {
  const rows = await queryRows(
    db,
    z.object({ n: z.number() }),
    sql`SELECT n FROM import_chunk WHERE workspace_id = ${p.workspaceId} AND import_id = ${p.importId} ORDER BY n`,
  );
  return rows.map((row) => row.n);
}

/** How a file with that header was mapped the last time; null when none was imported. */
export async function findRemembered(
  db: Db,
  p: { workspaceId: number; headerPrint: string },
): Promise<Settings | null> {
  const row = await findRow(
    db,
    z.object({ settings }),
    sql`SELECT settings FROM import_mapping WHERE workspace_id = ${p.workspaceId} AND header_print = ${p.headerPrint}`,
  );
  return row?.settings ?? null;
}

/** How far the step under way is, and how many imports of the workspace are to be done before it. */
export async function findProgress(
  db: Db,
  p: OneImport & { runId: number | null },
): Promise<{ progress: Progress | null; ahead: number }> {
  const row = await findRow(
    db,
    z.object({ counts: z.record(z.string(), z.number()).nullable(), ahead: z.number() }),
    sql`SELECT (SELECT counts FROM run r WHERE r.workspace_id = ${p.workspaceId} AND r.id = ${p.runId}
            AND r.state = 'running') AS counts,
          (SELECT count(*) FROM import o JOIN import i ON i.workspace_id = o.workspace_id AND i.id = ${p.importId}
            WHERE o.workspace_id = ${p.workspaceId} AND o.id <> i.id AND o.state IN ('checking', 'importing', 'undoing')
              AND (o.queued_at, o.id) < (i.queued_at, i.id)) AS ahead`,
  );
  return { progress: row?.counts ? runCounts.toProgress(row.counts) : null, ahead: row?.ahead ?? 0 };
}
