import { z } from "zod";
import { type Db, findRow, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { forgetStages } from "@/lib/stages/forget";
import { lockShards, shardOf } from "@/lib/stages/shard";
import { DRAIN_LOCK } from "./drain";
import { rebuildDays } from "./rebuild";
import { deleteSourceEvents, findEmptied, renameShown, returnHistory, touchedBySource } from "./sql/retract";
import { type HeldId, unlink } from "./unlink";

/** Customers of one transaction. */
const BATCH = 1_000;

export interface Retraction {
  workspaceId: number;
  /** The import's own source. */
  sourceId: number;
  timeZone: string;
  now: Date;
  onProgress?: (done: number, total: number) => void;
}

export interface RetractCounts {
  events: number;
  /** Customers that disappeared, because nothing else is known of them. */
  customers: number;
  /** Merges taken back. */
  parted: number;
}

const customerRow = z.object({ customerId: z.number() });
const heldId = z.object({
  kind: z.string(),
  value: z.string(),
  customerId: z.number(),
  homeId: z.number(),
  broughtBy: z.number().nullable(),
  joinedBy: z.number().nullable(),
  usedSince: z.boolean(),
});
const mergedNode = z.object({
  customerId: z.number(),
  mergedInto: z.number().nullable(),
  mergedBy: z.number().nullable(),
  tiedTo: z.array(z.number()),
});

/**
 * Takes back everything that came by one import alone: events with their traits, ids, merges; customers of whom nothing
 * is left disappear; days are rebuilt and stages will be walked again from the first day touched. What other sources have
 * used since stays (findKept says beforehand what). In transactions of its own, so that it can be asked for again after
 * a crash: it goes on where it was. The caller asks for the stages.
 */
export async function retractSource(pool: Pool, p: Retraction): Promise<RetractCounts> {
  const counts: RetractCounts = { events: 0, customers: 0, parted: 0 };
  await withDrainLock(pool, p.workspaceId, (db) =>
    db.query(
      sql`DELETE FROM event_inbox WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId}`,
    ),
  );
  let left = await listTouched(pool, p);
  const total = left.length;
  p.onProgress?.(0, total);
  // A merge by another source may move what is left behind our back: look again until nothing is.
  for (let before = Number.POSITIVE_INFINITY; left.length > 0 && left.length < before; ) {
    for (let from = 0; from < left.length; from += BATCH) {
      const customerIds = left.slice(from, from + BATCH);
      const did = await withDrainLock(pool, p.workspaceId, (db) => retractFrom(db, p, customerIds));
      for (const key of Object.keys(counts) as (keyof RetractCounts)[]) counts[key] += did[key];
      p.onProgress?.(Math.min(total, from + customerIds.length), total);
    }
    before = left.length;
    left = await eventsLeft(pool, p);
  }
  return counts;
}

const withDrainLock = <T>(pool: Pool, workspaceId: number, work: (db: Db) => Promise<T>): Promise<T> =>
  transaction(pool, async (db) => {
    await db.query(sql`SELECT pg_advisory_xact_lock(${DRAIN_LOCK}, ${workspaceId})`);
    return work(db);
  });

const listTouched = async (db: Db, p: { workspaceId: number; sourceId: number }): Promise<number[]> =>
  (await queryRows(db, customerRow, touchedBySource(p))).map((row) => row.customerId);

const eventsLeft = async (db: Db, p: { workspaceId: number; sourceId: number }): Promise<number[]> =>
  (
    await queryRows(
      db,
      customerRow,
      sql`SELECT DISTINCT customer_id AS "customerId" FROM event
          WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId}`,
    )
  ).map((row) => row.customerId);

async function retractFrom(db: Db, p: Retraction, customerIds: number[]): Promise<RetractCounts> {
  const { workspaceId, timeZone, now } = p;
  const ids = await queryRows(
    db,
    heldId,
    sql`SELECT kind, value, customer_id AS "customerId", home_customer_id AS "homeId", brought_by AS "broughtBy",
          joined_by AS "joinedBy", used_since AS "usedSince"
        FROM identity WHERE workspace_id = ${workspaceId} AND customer_id = ANY(${customerIds}::bigint[])`,
  );
  const nodes = await mergesAbove(db, workspaceId, [...new Set(ids.map((id) => id.homeId))]);
  const plan = unlink(ids, nodes, p.sourceId);
  const concerned = [...new Set([...customerIds, ...plan.parted])];
  await lockShards(db, workspaceId, concerned.map(shardOf));

  const { rows } = await deleteSourceEvents(db, { workspaceId, customerIds, sourceId: p.sourceId, timeZone });
  await moveIds(db, p, ids, plan);
  await rebuildDays(db, { workspaceId, customerIds: concerned, timeZone });
  const emptied = (
    await queryRows(db, customerRow, findEmptied({ workspaceId, customerIds: concerned }))
  ).map((row) => row.customerId);
  const buried = nodes.filter((node) => emptied.includes(plan.rootOf(node.customerId)));
  await forgetStages(db, { workspaceId, now, customerIds: await withoutDays(db, workspaceId, concerned) });
  await removeCustomers(db, {
    workspaceId,
    customerIds: [...emptied, ...buried.map((n) => n.customerId)],
  });
  await renameShown(db, { workspaceId, customerIds: concerned });
  return { events: rows[0]!.events, customers: emptied.length, parted: plan.parted.length };
}

/** Those of the customers nothing has ever happened to: no stage, no metrics. */
async function withoutDays(db: Db, workspaceId: number, customerIds: readonly number[]): Promise<number[]> {
  const rows = await queryRows(
    db,
    customerRow,
    sql`SELECT asked.customer_id AS "customerId" FROM unnest(${[...customerIds]}::bigint[]) AS asked (customer_id)
        WHERE NOT EXISTS (SELECT FROM customer_day d
          WHERE d.workspace_id = ${workspaceId} AND d.customer_id = asked.customer_id)`,
  );
  return rows.map((row) => row.customerId);
}

/** The customers of those ids and everybody who absorbed them, step by step. */
async function mergesAbove(db: Db, workspaceId: number, homes: readonly number[]) {
  return queryRows(
    db,
    mergedNode,
    sql`WITH RECURSIVE above AS (
          SELECT customer_id, merged_into, merged_by, tied_to FROM customer
          WHERE workspace_id = ${workspaceId} AND customer_id = ANY(${homes}::bigint[])
          UNION
          SELECT c.customer_id, c.merged_into, c.merged_by, c.tied_to FROM above
          JOIN customer c ON c.workspace_id = ${workspaceId} AND c.customer_id = above.merged_into
        )
        SELECT customer_id AS "customerId", merged_into AS "mergedInto", merged_by AS "mergedBy", tied_to AS "tiedTo"
        FROM above`,
  );
}

/** Deletes the ids that go, and gives parted customers their ids and history back. */
async function moveIds(
  db: Db,
  { workspaceId, timeZone }: Retraction,
  ids: readonly HeldId[],
  { gone, parted, rootOf }: ReturnType<typeof unlink>,
): Promise<void> {
  if (gone.length > 0)
    await db.query(sql`
      DELETE FROM identity USING unnest(${gone.map((id) => id.kind)}::text[], ${gone.map((id) => id.value)}::text[])
        AS gone (kind, value)
      WHERE identity.workspace_id = ${workspaceId} AND identity.kind = gone.kind AND identity.value = gone.value`);
  if (parted.length === 0) return;
  await db.query(sql`
    UPDATE customer SET merged_into = NULL, merged_by = NULL
    WHERE workspace_id = ${workspaceId} AND customer_id = ANY(${parted}::bigint[])`);
  const moving = ids.filter((id) => rootOf(id.homeId) !== id.customerId);
  await db.query(sql`
    UPDATE identity SET customer_id = moved.root, joined_by = NULL
    FROM unnest(${moving.map((id) => id.kind)}::text[], ${moving.map((id) => id.value)}::text[],
      ${moving.map((id) => rootOf(id.homeId))}::bigint[]) AS moved (kind, value, root)
    WHERE identity.workspace_id = ${workspaceId} AND identity.kind = moved.kind AND identity.value = moved.value`);
  const homes = new Map(moving.map((id) => [`${id.homeId} ${id.customerId}`, id]));
  const pairs = [...homes.values()];
  await returnHistory(db, {
    workspaceId,
    timeZone,
    homes: pairs.map((id) => id.homeId),
    holders: pairs.map((id) => id.customerId),
    roots: pairs.map((id) => rootOf(id.homeId)),
  });
}

/** Takes customers away of whom nothing is left: ids, marks and the customers themselves. */
async function removeCustomers(db: Db, p: { workspaceId: number; customerIds: number[] }): Promise<void> {
  if (p.customerIds.length === 0) return;
  const theirs = sql`workspace_id = ${p.workspaceId} AND customer_id = ANY(${p.customerIds}::bigint[])`;
  await db.query(sql`DELETE FROM customer_dirty WHERE ${theirs}`);
  await db.query(sql`DELETE FROM customer_trait WHERE ${theirs}`);
  await db.query(sql`DELETE FROM identity WHERE ${theirs}`);
  await db.query(sql`DELETE FROM customer WHERE ${theirs}`);
}

/** Events that came by the import: what an undo takes back. */
export async function countSourceEvents(
  db: Db,
  p: { workspaceId: number; sourceId: number },
): Promise<number> {
  const row = await findRow(
    db,
    z.object({ events: z.number() }),
    sql`SELECT count(*) AS events FROM event WHERE workspace_id = ${p.workspaceId} AND source_id = ${p.sourceId}`,
  );
  return row!.events;
}

const keptRow = z.object({ customers: z.number(), shown: z.array(z.string()) });
export type Kept = z.infer<typeof keptRow>;

/**
 * The customers an undo of the import will not make what they would be without it: they keep ids it brought or joined,
 * because other sources have used these since. How many, and the first twenty by name.
 */
export async function findKept(db: Db, p: { workspaceId: number; sourceId: number }): Promise<Kept> {
  const row = await findRow(
    db,
    keptRow,
    sql`
    WITH used AS (
      SELECT i.customer_id FROM identity i
      WHERE i.workspace_id = ${p.workspaceId} AND i.brought_by = ${p.sourceId} AND i.used_since
        AND EXISTS (SELECT FROM identity o WHERE o.workspace_id = i.workspace_id AND o.customer_id = i.customer_id
          AND (o.kind, o.value) <> (i.kind, i.value)
          AND NOT (o.brought_by IS NOT DISTINCT FROM ${p.sourceId}::int AND NOT o.used_since))
      UNION
      SELECT i.customer_id FROM customer c
        JOIN identity i ON i.workspace_id = c.workspace_id AND i.home_customer_id = c.customer_id
      WHERE c.workspace_id = ${p.workspaceId} AND c.merged_by = ${p.sourceId} AND i.used_since
      UNION
      SELECT i.customer_id FROM customer c
        JOIN identity i ON i.workspace_id = c.workspace_id AND i.home_customer_id = c.customer_id
      WHERE c.workspace_id = ${p.workspaceId} AND c.tied_to @> ARRAY[${p.sourceId}::int] AND c.tied_to <> '{}'
      UNION
      SELECT c.customer_id FROM customer c
      WHERE c.workspace_id = ${p.workspaceId} AND c.tied_to @> ARRAY[${p.sourceId}::int] AND c.tied_to <> '{}'
        AND c.merged_into IS NULL
    )
    SELECT count(*) AS customers, coalesce((array_agg(c.display_key ORDER BY c.display_key))[1:20], '{}') AS shown
    FROM used JOIN customer c ON c.workspace_id = ${p.workspaceId} AND c.customer_id = used.customer_id`,
  );
  return row!;
}
