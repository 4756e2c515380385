import { z } from "zod";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import { type Decision, decideLinks, type Key, keysOf, keyText, type Mention, type Owner } from "./linking";
import { mergeCustomers } from "./merge";
import { insertIdentities } from "./sql/insert-identities";
import type { MentionRow } from "./sql/waiting-batch";

const mentionOf = (row: MentionRow, imports: ReadonlySet<number>): Mention => {
  const keys: Key[] = [];
  if (row.user !== null) keys.push({ kind: "user", value: row.user });
  for (const [kind, value] of row.external ?? []) keys.push({ kind, value });
  if (row.anonymous !== null) keys.push({ kind: "anonymous", value: row.anonymous });
  return {
    keys,
    previous: row.previous === row.user ? null : row.previous,
    isAlias: row.previous !== null,
    receivedAt: row.receivedAt,
    importId: imports.has(row.source) ? row.source : null,
  };
};

const ownerRow = z.object({
  kind: z.string(),
  value: z.string(),
  customerId: z.number(),
  strength: z.number(),
  restsOn: z.number().nullable(),
  shapedBy: z.array(z.number()),
  tiedTo: z.array(z.number()),
});

async function findOwners(db: Db, workspaceId: number, keys: readonly Key[]): Promise<Owner[]> {
  return queryRows(
    db,
    ownerRow,
    sql`
    SELECT i.kind, i.value, i.customer_id AS "customerId", (
      SELECT max(CASE k.kind WHEN 'user' THEN 2 WHEN 'anonymous' THEN 0 ELSE 1 END) FROM identity k
      WHERE k.workspace_id = i.workspace_id AND k.customer_id = i.customer_id) AS strength,
      CASE WHEN NOT i.used_since THEN coalesce(i.joined_by, i.brought_by) END AS "restsOn",
      ARRAY(SELECT DISTINCT import FROM identity k CROSS JOIN LATERAL (VALUES (k.brought_by), (k.joined_by)) mark (import)
        WHERE k.workspace_id = i.workspace_id AND k.customer_id = i.customer_id AND import IS NOT NULL) AS "shapedBy",
      (SELECT c.tied_to FROM customer c WHERE c.workspace_id = i.workspace_id AND c.customer_id = i.customer_id) AS "tiedTo"
    FROM unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.value)}::text[]) AS asked (kind, value)
    CROSS JOIN LATERAL (
      SELECT * FROM identity
      WHERE workspace_id = ${workspaceId} AND kind = asked.kind AND value = asked.value OFFSET 0) i`,
  );
}

/** Which of their sources are imports of the console or sample data: those can be taken back. */
async function importsAmong(db: Db, workspaceId: number, rows: readonly MentionRow[]): Promise<Set<number>> {
  const sources = [...new Set(rows.map((row) => row.source))];
  const found = await queryRows(
    db,
    z.object({ source: z.number() }),
    sql`SELECT source_id AS source FROM import WHERE workspace_id = ${workspaceId} AND source_id = ANY(${sources}::int[])
        UNION ALL
        SELECT id FROM source WHERE workspace_id = ${workspaceId} AND id = ANY(${sources}::int[]) AND is_sample`,
  );
  return new Set(found.map((row) => row.source));
}

async function reserveIds(db: Db, count: number): Promise<number[]> {
  if (count === 0) return [];
  const rows = await queryRows(
    db,
    z.object({ id: z.number() }),
    sql`SELECT nextval('customer_id_seq') AS id FROM generate_series(1, ${count}::int)`,
  );
  return rows.map((row) => row.id);
}

/**
 * Gives every id of these combinations its customer: creates, attaches and merges as linking.ts decides. Afterwards
 * the table identity answers for each of them. Runs in the drain's transaction, under its lock.
 */
export async function resolveIdentities(
  db: Db,
  p: { workspaceId: number; unsettled: readonly MentionRow[]; timeZone: string; now: Date },
): Promise<{ created: number; merged: number }> {
  if (p.unsettled.length === 0) return { created: 0, merged: 0 };
  const imports = await importsAmong(db, p.workspaceId, p.unsettled);
  const mentions = p.unsettled.map((row) => mentionOf(row, imports));
  const asked = new Map(mentions.flatMap(keysOf).map((key) => [keyText(key), key]));
  const decision = decideLinks(mentions, await findOwners(db, p.workspaceId, [...asked.values()]));
  await numberCreated(db, decision);
  await insertIdentities(db, p.workspaceId, decision);
  await mergeCustomers(db, { ...p, merged: decision.merged });
  return { created: decision.created.length, merged: decision.merged.length };
}

async function numberCreated(db: Db, decision: Decision): Promise<void> {
  const ids = await reserveIds(db, decision.created.length);
  for (const [index, node] of decision.created.entries()) node.customerId = ids[index]!;
}
