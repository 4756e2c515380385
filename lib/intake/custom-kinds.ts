import { z } from "zod";
import { type Db, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { FIRST_CUSTOM_KIND } from "./kinds";

/** More names than this are no kinds but data that slipped into the name ("Viewed product 4711"). */
export const MAX_CUSTOM_KINDS = 500;

const kindRow = z.object({ key: z.string(), id: z.number().int() });

// Ids never change once given, so a process may remember them for as long as its pool lives.
const remembered = new WeakMap<Pool, Map<number, Map<string, number>>>();

function kindsOf(pool: Pool, workspaceId: number): Map<string, number> {
  let workspaces = remembered.get(pool);
  if (!workspaces) remembered.set(pool, (workspaces = new Map()));
  let kinds = workspaces.get(workspaceId);
  if (!kinds) workspaces.set(workspaceId, (kinds = new Map()));
  return kinds;
}

/**
 * Ids of the workspace's own kinds by key, created on first sight. A key is missing from the answer when the workspace
 * has MAX_CUSTOM_KINDS others. Two processes that meet a new name at once give it the same id.
 */
export async function customKindIds(
  pool: Pool,
  p: { workspaceId: number; keys: Iterable<string>; createdAt: Date },
): Promise<ReadonlyMap<string, number>> {
  const known = kindsOf(pool, p.workspaceId);
  const unknown = () => [...new Set(p.keys)].filter((key) => !known.has(key));
  if (unknown().length === 0) return known;
  // Without the lock first: at the limit, a sender of ever new names must not queue the others behind it.
  const stored = await listCustomKinds(pool, p.workspaceId);
  for (const { key, id } of stored) known.set(key, id);
  if (unknown().length > 0 && stored.length < MAX_CUSTOM_KINDS) {
    const created = await createKinds(pool, { ...p, keys: unknown() });
    for (const { key, id } of created) known.set(key, id);
  }
  return known;
}

/** The workspace's own kinds as they are now. */
export const listCustomKinds = (db: Db, workspaceId: number): Promise<z.infer<typeof kindRow>[]> =>
  queryRows(db, kindRow, storedKinds(workspaceId));

const storedKinds = (workspaceId: number) =>
  sql`SELECT key, id FROM event_kind WHERE workspace_id = ${workspaceId}`;

const createKinds = (pool: Pool, p: { workspaceId: number; keys: readonly string[]; createdAt: Date }) =>
  transaction(pool, async (db) => {
    // Held to the end of the transaction: ids are counted up from the ones that are there.
    await db.query(sql`SELECT pg_advisory_xact_lock(hashtext('event_kind'), ${p.workspaceId}::int)`);
    await db.query(sql`
      INSERT INTO event_kind (workspace_id, id, key, created_at)
      SELECT ${p.workspaceId}::int, greatest(there.last_id, ${FIRST_CUSTOM_KIND - 1}::int) + row_number() OVER (ORDER BY wanted.place),
             wanted.key, ${p.createdAt}::timestamptz
      FROM unnest(${p.keys as string[]}::text[]) WITH ORDINALITY AS wanted (key, place),
           (SELECT count(*) AS kinds, coalesce(max(id), 0) AS last_id FROM event_kind WHERE workspace_id = ${p.workspaceId}) AS there
      WHERE NOT EXISTS (SELECT FROM event_kind AS same WHERE same.workspace_id = ${p.workspaceId} AND same.key = wanted.key)
      ORDER BY wanted.place
      LIMIT (SELECT greatest(${MAX_CUSTOM_KINDS}::int - count(*), 0) FROM event_kind WHERE workspace_id = ${p.workspaceId})`);
    return listCustomKinds(db, p.workspaceId);
  });
