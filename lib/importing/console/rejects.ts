import { z } from "zod";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import type { RefusedRow, Rejects } from "../reject-file";
import { MAX_KEPT_REJECTS } from "./schema";

const BATCH = 500;
const MAX_CELL_CHARS = 2_000;

interface OneImport {
  workspaceId: number;
  importId: number;
}

/** Keeps refused rows beside their import, in place of those of an earlier pass; past the limit they are only counted. */
export class StoredRejects implements Rejects {
  private n = 0;
  private waiting: RefusedRow[] = [];

  private constructor(
    private readonly db: Db,
    private readonly p: OneImport,
  ) {}

  static async begin(db: Db, p: OneImport): Promise<StoredRejects> {
    await db.query(
      sql`DELETE FROM import_reject WHERE workspace_id = ${p.workspaceId} AND import_id = ${p.importId}`,
    );
    return new StoredRejects(db, p);
  }

  async add(row: RefusedRow): Promise<void> {
    if (this.n + this.waiting.length >= MAX_KEPT_REJECTS) return;
    this.waiting.push(row);
    if (this.waiting.length >= BATCH) await this.flush();
  }

  async close(): Promise<null> {
    await this.flush();
    return null;
  }

  private async flush(): Promise<void> {
    const rows = this.waiting;
    this.waiting = [];
    if (rows.length === 0) return;
    const cells = rows.map((row) =>
      // Postgres holds no NUL in text; what stands for it is what spreadsheets show.
      JSON.stringify(row.cells.map((cell) => cell.slice(0, MAX_CELL_CHARS).replaceAll("\0", "\ufffd"))),
    );
    const text = (value: string) => value.replaceAll("\0", "\ufffd");
    await this.db.query(sql`
      INSERT INTO import_reject (workspace_id, import_id, n, line, reason, place, message, cells)
      SELECT ${this.p.workspaceId}::int, ${this.p.importId}::bigint, ${this.n} + ordinality, line, reason, place, message, cells::jsonb
      FROM unnest(${rows.map((row) => row.line)}::int[], ${rows.map((row) => row.fault.reason)}::text[],
        ${rows.map((row) => row.fault.column && text(row.fault.column))}::text[],
        ${rows.map((row) => text(row.fault.message))}::text[], ${cells}::text[])
        WITH ORDINALITY AS row (line, reason, place, message, cells, ordinality)`);
    this.n += rows.length;
  }
}

const rejectRow = z.object({
  n: z.number(),
  line: z.number(),
  reason: z.string(),
  place: z.string().nullable(),
  message: z.string(),
  cells: z.array(z.string()),
});
export type RejectRow = z.infer<typeof rejectRow>;

/** Refused rows in their order, after `after`. */
export const listRejects = (db: Db, p: OneImport & { after: number; limit: number }): Promise<RejectRow[]> =>
  queryRows(
    db,
    rejectRow,
    sql`SELECT n, line, reason, place, message, cells FROM import_reject
        WHERE workspace_id = ${p.workspaceId} AND import_id = ${p.importId} AND n > ${p.after} ORDER BY n LIMIT ${p.limit}`,
  );
