import { hash } from "node:crypto";
import { z } from "zod";
import { type Db, queryRows, raw, sql } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { findUnstorable } from "./storable";

/** One accepted event as it waits for the drain; whoever it belongs to is decided there. */
export interface InboxRow {
  sourceId: number;
  kind: number;
  receivedAt: Date;
  occurredAt: Date;
  /** uuid; see messageUuid. */
  messageId: string;
  /** The sender's id of a known customer; this or anonymousKey is there. */
  userKey: string | null;
  anonymousKey: string | null;
  /** Alias only: the id that is the same customer as userKey. */
  previousKey: string | null;
  /** Further known ids, [type, value]. */
  externalKeys: [string, string][] | null;
  /** Minor units; refunds negative. */
  amount: number | null;
  /** Acquisition channel this event names. */
  channel: string | null;
  props: object | null;
  traits: object | null;
}

/** The uuid a sender's message id is stored under: the same text gives the same uuid, on every machine, for ever. */
export function messageUuid(messageId: string): string {
  const hex = hash("sha256", messageId, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** The row as text of each column, null where there is nothing; throws AppError where Postgres could not hold it. */
function columnsOf(row: InboxRow): (string | null)[] {
  const props = json(row.props);
  const traits = json(row.traits);
  const problem = findUnstorable(row, { props, traits });
  if (problem) throw new AppError("bad_input", `${problem.path}: ${problem.detail}`, { ...problem });
  const external = row.externalKeys?.length ? row.externalKeys : null;
  return [
    String(row.sourceId),
    String(row.kind),
    row.receivedAt.toISOString(),
    row.occurredAt.toISOString(),
    row.messageId,
    row.userKey,
    row.anonymousKey,
    row.previousKey,
    json(external),
    row.amount === null ? null : String(row.amount),
    row.channel,
    props,
    traits,
  ];
}

/** The inbox, or for a rehearsal a temporary table of the same columns (lib/importing/console/stage-effect.ts). */
export type InboxTable = "event_inbox" | "rehearsal";

/**
 * Accepts rows into the inbox in one statement: when it has committed they are durable.
 * Batches of 500 to 2,000 rows are fastest. All or nothing: check rows with findUnstorable first.
 */
export async function writeInbox(
  db: Db,
  workspaceId: number,
  rows: readonly InboxRow[],
  into: InboxTable = "event_inbox",
): Promise<void> {
  if (rows.length === 0) return;
  const table = rows.map(columnsOf);
  const column = (index: number) => table.map((row) => row[index] ?? null);
  // Numbers, times and uuids need no quotes in an array: written here, the driver need not look at each.
  const plain = (index: number) => `{${table.map((row) => row[index] ?? "NULL").join()}}`;
  await db.query(sql`
    INSERT INTO ${raw(into)} (workspace_id, source_id, kind, received_at, occurred_at, message_id,
      user_key, anonymous_key, previous_key, external_keys, amount, channel, props, traits)
    SELECT ${workspaceId}::int, source_id, kind, received_at, occurred_at, message_id,
      user_key, anonymous_key, previous_key, external_keys::jsonb, amount, channel, props::jsonb, traits::jsonb
    FROM unnest(
      ${plain(0)}::int[], ${plain(1)}::smallint[], ${plain(2)}::timestamptz[], ${plain(3)}::timestamptz[],
      ${plain(4)}::uuid[], ${column(5)}::text[], ${column(6)}::text[], ${column(7)}::text[], ${column(8)}::text[],
      ${plain(9)}::bigint[], ${column(10)}::text[], ${column(11)}::text[], ${column(12)}::text[])
      AS row (source_id, kind, received_at, occurred_at, message_id, user_key, anonymous_key, previous_key,
        external_keys, amount, channel, props, traits)`);
}

const CHUNK_ROWS = 1_000;

/**
 * Streams any number of rows into the inbox and returns how many; memory stays at one chunk. A statement a chunk (COPY is
 * closed to roles that row-level security binds): callers for whom all or nothing matters bring a transaction.
 */
export async function copyInbox(
  db: Db,
  workspaceId: number,
  rows: AsyncIterable<InboxRow> | Iterable<InboxRow>,
  into?: InboxTable,
): Promise<number> {
  let copied = 0;
  let chunk: InboxRow[] = [];
  const flush = async () => {
    await writeInbox(db, workspaceId, chunk, into);
    copied += chunk.length;
    chunk = [];
  };
  for await (const row of rows) if (chunk.push(row) === CHUNK_ROWS) await flush();
  await flush();
  return copied;
}

/** How many accepted events of the workspace still wait for the drain. */
export async function inboxDepth(db: Db, workspaceId: number): Promise<number> {
  const rows = await queryRows(
    db,
    z.object({ depth: z.number() }),
    sql`SELECT count(*) AS depth FROM event_inbox WHERE workspace_id = ${workspaceId}`,
  );
  return rows[0]!.depth;
}
