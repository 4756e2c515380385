import { z } from "zod";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { ImportBytes } from "../import-bytes";

const chunkRow = z.object({ bytes: z.instanceof(Buffer) });

/** The file of an import, piece by piece out of the database: memory is one piece. */
export const storedFile = (
  db: Db,
  p: { workspaceId: number; importId: number; fileName: string; bytes: number },
): ImportBytes => ({
  name: p.fileName,
  size: async () => p.bytes,
  async *read() {
    let read = 0;
    for (let n = 0; read < p.bytes; n++) {
      const row = await findRow(
        db,
        chunkRow,
        sql`SELECT bytes FROM import_chunk WHERE workspace_id = ${p.workspaceId} AND import_id = ${p.importId} AND n = ${n}`,
      );
      if (!row) throw new AppError("conflict", `${p.fileName} is not here any more`, { reason: "file_gone" });
      read += row.bytes.length;
      yield row.bytes;
    }
  },
});
