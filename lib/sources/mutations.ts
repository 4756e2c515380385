import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { type Db, findRow, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import { createSource, newWriteKey } from "@/lib/workspaces/mutations";
import { findMapping } from "./active-mapping";
import type { SourceMapping } from "./mapping";
import { KEY_OVERLAP_HOURS, type Source, source } from "./schema";
import { sourceColumns } from "./sql/source-columns";

interface Change {
  workspaceId: number;
  sourceId: number;
  actor: Actor;
  now: Date;
}

/** The source of that number, locked until the transaction ends; NotFoundError for none, or another workspace's. */
async function lockSource(db: Db, p: { workspaceId: number; sourceId: number }): Promise<Source> {
  const found = await findRow(
    db,
    source,
    sql`SELECT ${sourceColumns} FROM source WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId} FOR UPDATE`,
  );
  if (!found) throw new NotFoundError("source", p.sourceId);
  return found;
}

/** A live source with a write key, or conflict: files and demos have none, and revoking is for ever. */
async function lockLiveSource(db: Db, p: { workspaceId: number; sourceId: number }): Promise<Source> {
  const found = await lockSource(db, p);
  if (found.kind !== "http" || found.revokedAt)
    throw new AppError("conflict", `Source ${p.sourceId} has no write key in use`);
  return found;
}

/** A second source of a name is a conflict: people could not tell the two apart. */
async function naming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === "23505")
      throw new AppError("conflict", "There is already a source of this name", { field: "name" });
    throw error;
  }
}

/** Makes a source that takes events over HTTP; the key is answered once and never again. */
export const addHttpSource = (
  pool: Pool,
  p: Omit<Change, "sourceId"> & { name: string },
): Promise<{ sourceId: number; writeKey: string }> =>
  naming(() =>
    transaction(pool, async (db) => {
      const { sourceId, writeKey } = await createSource(db, { ...p, kind: "http" });
      await appendAudit(db, { ...p, action: "source.created", target: p.name, after: { kind: "http" } });
      return { sourceId, writeKey: writeKey! };
    }),
  );

/** Gives the source another name. */
export const renameSource = (pool: Pool, p: Change & { name: string }): Promise<void> =>
  naming(() =>
    transaction(pool, async (db) => {
      const before = await lockSource(db, p);
      if (before.name === p.name) return;
      await db.query(
        sql`UPDATE source SET name = ${p.name} WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId}`,
      );
      await appendAudit(db, {
        ...p,
        action: "source.renamed",
        target: before.name,
        before: { name: before.name },
        after: { name: p.name },
      });
    }),
  );

/**
 * Gives the source a new write key. The one before is taken for KEY_OVERLAP_HOURS more, so that senders can be changed one by
 * one; the one before that ends at once.
 */
export const rotateKey = (pool: Pool, p: Change): Promise<{ writeKey: string; previousUntil: Date }> =>
  transaction(pool, async (db) => {
    const before = await lockLiveSource(db, p);
    const key = newWriteKey();
    const previousUntil = new Date(p.now.getTime() + KEY_OVERLAP_HOURS * 3_600_000);
    await db.query(sql`
      UPDATE source SET previous_key_hash = write_key_hash, previous_key_until = ${previousUntil},
        write_key_hash = ${key.hash}, write_key_hint = ${key.hint}
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId}`);
    await appendAudit(db, {
      ...p,
      action: "source.key_rotated",
      target: before.name,
      before: { key: before.keyHint },
      after: { key: key.hint, previousUntil },
    });
    return { writeKey: key.writeKey, previousUntil };
  });

/** Ends every key of the source at once and for ever; what it sent stays. */
export const revokeSource = (pool: Pool, p: Change): Promise<void> =>
  transaction(pool, async (db) => {
    const before = await lockLiveSource(db, p);
    await db.query(sql`
      UPDATE source SET revoked_at = ${p.now}, previous_key_hash = NULL, previous_key_until = NULL
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId}`);
    await appendAudit(db, {
      ...p,
      action: "source.revoked",
      target: before.name,
      before: { key: before.keyHint },
    });
  });

/**
 * Writes the next version of a source's mapping: it holds from the next request on. `version` is the one the writer saw; when
 * somebody wrote another one meanwhile this is a conflict, and nothing is lost.
 */
export const saveMapping = (
  pool: Pool,
  p: Change & { version: number; mapping: SourceMapping },
): Promise<{ version: number }> =>
  transaction(pool, async (db) => {
    const { name } = await lockSource(db, p);
    const before = await findMapping(db, p);
    if (before?.version !== p.version)
      throw new AppError("conflict", "Somebody changed this mapping meanwhile", { version: before?.version });
    const version = p.version + 1;
    await db.query(sql`
      UPDATE source SET mapping = ${JSON.stringify(p.mapping)}::jsonb, mapping_version = ${version}
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId}`);
    await appendAudit(db, {
      ...p,
      action: "source.mapping_changed",
      target: name,
      before: { version: p.version, ...before.mapping },
      after: { version, ...p.mapping },
    });
    return { version };
  });

const countRow = z.object({ count: z.number() });

/** Throws the refused events of a source, of one reason or all, away for good and answers how many. */
export const discardQuarantined = (
  pool: Pool,
  p: Change & { reason: string | null },
): Promise<{ discarded: number }> =>
  transaction(pool, async (db) => {
    const { name } = await lockSource(db, p);
    const gone = await findRow(
      db,
      countRow,
      sql`WITH gone AS (
            DELETE FROM event_quarantine WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId}
              AND (${p.reason}::text IS NULL OR reason = ${p.reason}::text)
            RETURNING 1)
          SELECT count(*) FROM gone`,
    );
    const discarded = gone?.count ?? 0;
    if (discarded > 0)
      await appendAudit(db, {
        ...p,
        action: "quarantine.discarded",
        target: name,
        after: { discarded, refusedFor: p.reason },
        reason: null,
      });
    return { discarded };
  });
