import { createHash } from "node:crypto";
import { z } from "zod";
import type { Actor } from "@/lib/audit/schema";
import { type Db, findRow, type Pool, sql } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { ImportBytes } from "../import-bytes";
import { openTable } from "../table";
import { sniffEncoding } from "../text-file";
import { faultOfError } from "./faults";
import { findRemembered, getImport, listChunks } from "./queries";
import { CHUNK_BYTES, type FileFormat, type ImportFault, type ImportRecord, MAX_FILE_BYTES } from "./schema";
import { guessSettings } from "./settings";
import { storedFile } from "./stored-file";

export const newImport = z.strictObject({
  fileName: z.string().trim().min(1).max(255),
  bytes: z.number().int().min(0).max(MAX_FILE_BYTES),
  /** Of the whole file, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

interface OneImport {
  workspaceId: number;
  importId: number;
}

/**
 * Begins an import. The same file of the same name that is half here already (the page was closed) is gone on with
 * instead: the answer is its import.
 */
export async function beginImport(
  db: Db,
  p: z.infer<typeof newImport> & { workspaceId: number; actor: Actor; now: Date },
): Promise<ImportRecord> {
  const id = z.object({ id: z.number() });
  const known = await findRow(
    db,
    id,
    sql`SELECT id FROM import WHERE workspace_id = ${p.workspaceId} AND state = 'uploading' AND sha256 = ${p.sha256}
          AND file_name = ${p.fileName} AND bytes = ${p.bytes} AND actor ->> 'id' = ${p.actor.id} ORDER BY id DESC LIMIT 1`,
  );
  const made =
    known ??
    (await findRow(
      db,
      id,
      sql`INSERT INTO import (workspace_id, file_name, bytes, chunk_bytes, sha256, state, actor, created_at)
          VALUES (${p.workspaceId}, ${p.fileName}, ${p.bytes}, ${CHUNK_BYTES}, ${p.sha256}, 'uploading',
            ${JSON.stringify(p.actor)}::jsonb, ${p.now})
          RETURNING id`,
    ));
  return getImport(db, { workspaceId: p.workspaceId, importId: made!.id });
}

/** Keeps piece `n`; sent again it is the same. Its length must be what its place in the file says. */
export async function putChunk(db: Db, p: OneImport & { n: number; bytes: Buffer }): Promise<void> {
  const record = await getImport(db, p);
  if (record.state !== "uploading")
    throw new AppError("conflict", "The file is complete already", { reason: "already_complete" });
  const expected = Math.min(record.chunkBytes, record.bytes - p.n * record.chunkBytes);
  if (expected <= 0 || p.bytes.length !== expected)
    throw new AppError("bad_input", `Piece ${p.n} must have ${Math.max(0, expected)} bytes`, {
      reason: "wrong_piece",
      expected: Math.max(0, expected),
    });
  await db.query(sql`
    INSERT INTO import_chunk (workspace_id, import_id, n, bytes) VALUES (${p.workspaceId}, ${p.importId}, ${p.n}, ${p.bytes})
    ON CONFLICT (workspace_id, import_id, n) DO UPDATE SET bytes = EXCLUDED.bytes`);
}

/**
 * Says that every piece was sent: the file is compared with its hash and looked at. Ends `ready` with encoding, columns and
 * a mapping to start from (that of the last file with this header, else a guess), or `failed` with what is wrong with it.
 */
export async function completeUpload(pool: Pool, p: OneImport & { now: Date }): Promise<ImportRecord> {
  const record = await getImport(pool, p);
  if (record.state !== "uploading") return record;
  const missing = Math.ceil(record.bytes / record.chunkBytes) - (await listChunks(pool, p)).length;
  if (missing > 0)
    throw new AppError("conflict", `${missing} pieces are missing`, { reason: "pieces_missing", missing });
  const file = storedFile(pool, { ...p, ...record });
  try {
    await assertWhole(file, record.sha256);
    const format = await inspect(file);
    const headerPrint = printOf(format.header);
    const remembered = await findRemembered(pool, { workspaceId: p.workspaceId, headerPrint });
    const settings = remembered ?? (await guessSettings(file, format));
    await pool.query(sql`
      UPDATE import SET state = 'ready', format = ${JSON.stringify(format)}::jsonb, header_print = ${headerPrint},
        settings = ${JSON.stringify(settings)}::jsonb
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.importId} AND state = 'uploading'`);
  } catch (error) {
    await failUpload(pool, p, faultOfError(error));
  }
  return getImport(pool, p);
}

async function failUpload(db: Db, p: OneImport & { now: Date }, fault: ImportFault): Promise<void> {
  await db.query(sql`
    UPDATE import SET state = 'failed', error = ${JSON.stringify(fault)}::jsonb, finished_at = ${p.now}
    WHERE workspace_id = ${p.workspaceId} AND id = ${p.importId} AND state = 'uploading'`);
  await db.query(
    sql`DELETE FROM import_chunk WHERE workspace_id = ${p.workspaceId} AND import_id = ${p.importId}`,
  );
}

async function assertWhole(file: ImportBytes, sha256: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of file.read()) hash.update(chunk);
  if (hash.digest("hex") !== sha256)
    throw new AppError("bad_input", "What arrived is not the file that was sent", { reason: "wrong_hash" });
}

/** Encoding, delimiter and columns of a file; AppError for what nobody can import. */
export async function inspect(file: ImportBytes): Promise<FileFormat> {
  if ((await file.size()) === 0)
    throw new AppError("bad_input", `${file.name} is empty`, { reason: "empty_file" });
  const encoding = await sniffEncoding(file);
  const { header, delimiter, batches } = await openTable(file, { encoding });
  for await (const batch of batches)
    if (batch.length > 0) {
      assertNoTwins(header);
      return { encoding, delimiter, header: [...header] };
    }
  throw new AppError("bad_input", `${file.name} has a header and no rows`, { reason: "header_only" });
}

function assertNoTwins(header: readonly string[]): void {
  const twins = header.filter((name, index) => name !== "" && header.indexOf(name) !== index);
  if (twins.length > 0)
    throw new AppError("bad_input", `Columns of the same name: ${twins.join(", ")}`, {
      reason: "duplicate_columns",
      columns: [...new Set(twins)].slice(0, 5).join(", "),
    });
}

/** Files with the same columns, in any order, have the same print. */
export const printOf = (header: readonly string[]): string =>
  createHash("sha256")
    .update(JSON.stringify([...header].sort()))
    .digest("hex");
