import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { createSource } from "@/lib/workspaces/mutations";
import { getImport } from "./queries";
import { type FileFormat, type ImportRecord, type ImportState, isWorking, type Settings } from "./schema";
import { assertSettings } from "./settings";

interface Request {
  workspaceId: number;
  importId: number;
  actor: Actor;
  now: Date;
}

/** Steps of one import are asked for one at a time: its row is locked while the next one is decided. */
const withImport = (pool: Pool, p: Request, work: (db: Db, record: ImportRecord) => Promise<void>) =>
  transaction(pool, async (db) => {
    await work(db, await getImport(db, p, sql`FOR UPDATE OF i`));
    return getImport(db, p);
  });

function assertState(record: ImportRecord, ...allowed: ImportState[]): void {
  if (!allowed.includes(record.state))
    throw new AppError("conflict", `The import is ${record.state}`, {
      reason: "wrong_state",
      state: record.state,
    });
}

const target = (record: ImportRecord) => `${record.fileName} #${record.id}`;

const audit = (
  db: Db,
  p: Request,
  record: ImportRecord,
  action: "import.started" | "import.cancelled" | "import.undone",
  after: Record<string, unknown> | null = null,
) =>
  appendAudit(db, {
    workspaceId: p.workspaceId,
    now: p.now,
    actor: p.actor,
    action,
    target: target(record),
    after,
  });

/** Says what the rows are and where the columns go. A dry run made with other settings is forgotten. */
export const saveSettings = (pool: Pool, p: Request & { settings: Settings }): Promise<ImportRecord> =>
  withImport(pool, p, async (db, record) => {
    assertState(record, "ready", "checked");
    assertSettings(p.settings, record.format as FileFormat);
    await db.query(sql`
      UPDATE import SET settings = ${JSON.stringify(p.settings)}::jsonb, state = 'ready', checked = NULL, error = NULL
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.importId}`);
  });

/** Asks for the dry run. */
export const requestCheck = (pool: Pool, p: Request): Promise<ImportRecord> =>
  withImport(pool, p, async (db, record) => {
    assertState(record, "ready", "checked");
    assertSettings(record.settings!, record.format!);
    await queue(db, p, "checking");
  });

/** Asks for the import itself, under a source of its own, and remembers the mapping for the next file with this header. */
export const requestImport = (pool: Pool, p: Request): Promise<ImportRecord> =>
  withImport(pool, p, async (db, record) => {
    assertState(record, "checked");
    const { sourceId } = await createSource(db, {
      workspaceId: p.workspaceId,
      name: `${record.fileName} #${record.id}`,
      kind: "import",
      now: p.now,
    });
    await queue(db, p, "importing", sourceId);
    await db.query(sql`
      INSERT INTO import_mapping (workspace_id, header_print, settings, used_at)
      VALUES (${p.workspaceId}, ${record.headerPrint}, ${JSON.stringify(record.settings)}::jsonb, ${p.now})
      ON CONFLICT (workspace_id, header_print) DO UPDATE SET settings = EXCLUDED.settings, used_at = EXCLUDED.used_at`);
    await audit(db, p, record, "import.started", {
      content: record.settings?.content,
      rows: record.checked?.rows.total,
    });
  });

/**
 * Asks the step under way to end where it is. Of an import, what is stored by then stays or is taken back. One that
 * nobody has begun ends at once.
 */
export const requestStop = (pool: Pool, p: Request & { keeping: boolean }): Promise<ImportRecord> =>
  withImport(pool, p, async (db, record) => {
    assertState(record, "checking", "importing");
    await db.query(sql`
      UPDATE import SET stop = ${p.keeping ? "keep" : "undo"} WHERE workspace_id = ${p.workspaceId} AND id = ${p.importId}`);
    if (record.state === "importing") await audit(db, p, record, "import.cancelled", { keeping: p.keeping });
  });

/** Asks for everything that came by the import to be taken back. */
export const requestUndo = (pool: Pool, p: Request): Promise<ImportRecord> =>
  withImport(pool, p, async (db, record) => {
    assertState(record, "succeeded", "cancelled", "failed");
    if (record.sourceId === null)
      throw new AppError("conflict", "Nothing was imported", { reason: "nothing_imported" });
    await queue(db, p, "undoing");
    await audit(db, p, record, "import.undone", { stored: record.result?.stored });
  });

/** Removes an import that has stored nothing, with its file. */
export const discardImport = (pool: Pool, p: Request): Promise<void> =>
  transaction(pool, async (db) => {
    const record = await getImport(db, p, sql`FOR UPDATE OF i`);
    if (record.sourceId !== null || isWorking(record.state))
      throw new AppError("conflict", "An import that stored something is undone, not discarded", {
        reason: "wrong_state",
        state: record.state,
      });
    await db.query(sql`DELETE FROM import WHERE workspace_id = ${p.workspaceId} AND id = ${p.importId}`);
  });

async function queue(
  db: Db,
  p: Request,
  state: "checking" | "importing" | "undoing",
  sourceId: number | null = null,
): Promise<void> {
  await db.query(sql`
    UPDATE import SET state = ${state}, queued_at = ${p.now}, run_id = NULL, stop = NULL, error = NULL, finished_at = NULL,
      source_id = coalesce(${sourceId}::int, source_id)
    WHERE workspace_id = ${p.workspaceId} AND id = ${p.importId}`);
}
