import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { addDays, dayTotals } from "@/lib/intake/sql/day-totals";
import { openPool, poolConfig, sql, transaction } from "@/lib/platform/db";
import { recompute } from "@/lib/stages/recompute";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import type { Bench } from "./bench";
import { NOW, TODAY, ZONE } from "./data-set";

const WRITERS = 8;
const COMMITS = 100;
const CUSTOMERS = 400;

/** A workspace of its own, so that nothing else touches what is counted. */
async function newWorkspace(bench: Bench, slug: string): Promise<{ id: number; sourceId: number }> {
  const clock = { mode: "fixed" as const, at: NOW };
  const { id } = await createWorkspace(bench.meter.pool, {
    slug,
    name: slug,
    timeZone: ZONE,
    currency: "CNY",
    clock,
    now: NOW,
  });
  const { sourceId } = await createSource(bench.meter.pool, {
    workspaceId: id,
    name: "bench",
    kind: "import",
    now: NOW,
  });
  return { id, sourceId };
}

const inboxRow = (sourceId: number): InboxRow => ({
  sourceId,
  kind: 1,
  receivedAt: NOW,
  occurredAt: new Date(NOW.getTime() - Math.floor(Math.random() * 30 * 86_400_000)),
  messageId: randomUUID(),
  userKey: `u${Math.floor(Math.random() * CUSTOMERS)}`,
  anonymousKey: null,
  previousKey: null,
  externalKeys: null,
  amount: null,
  channel: null,
  props: null,
  traits: null,
});

/** Commits small batches with pauses inside the transactions, so that they commit out of order; one in ten rolls back. */
async function writeOutOfOrder(bench: Bench, workspace: { id: number; sourceId: number }): Promise<string[]> {
  const committed: string[] = [];
  const pool = openPool(bench.url, 1);
  try {
    for (let i = 0; i < COMMITS; i++) {
      const rows = Array.from({ length: 1 + Math.floor(Math.random() * 5) }, () =>
        inboxRow(workspace.sourceId),
      );
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await writeInbox(client, workspace.id, rows);
        if (Math.random() < 0.2) await sleep(Math.random() * 30);
        if (Math.random() < 0.1) {
          await client.query("ROLLBACK");
        } else {
          await client.query("COMMIT");
          committed.push(...rows.map(({ messageId }) => messageId));
        }
      } finally {
        client.release();
      }
    }
  } finally {
    await pool.end();
  }
  return committed;
}

/** G12, lost: eight writers commit out of order while drains and recomputes run; every committed event must be counted once. */
export async function measureLost(bench: Bench): Promise<void> {
  const { pool } = bench.meter;
  const workspace = await newWorkspace(bench, "bench-order");
  let isWriting = true;
  const drainer = async () => {
    let drained = 0;
    while (isWriting) {
      drained += (await drainAll(pool, { workspaceId: workspace.id, timeZone: ZONE, now: NOW })).stored;
      await recompute(pool, { workspaceId: workspace.id, mode: "incremental", asOf: TODAY, now: NOW });
    }
    return drained;
  };
  const drainers = [drainer(), drainer()];
  const committed = (
    await Promise.all(Array.from({ length: WRITERS }, () => writeOutOfOrder(bench, workspace)))
  ).flat();
  isWriting = false;
  const early = (await Promise.all(drainers)).reduce((sum, n) => sum + n, 0);
  await drainAll(pool, { workspaceId: workspace.id, timeZone: ZONE, now: NOW });

  const { rows } = await pool.query(sql`
    SELECT (SELECT count(*) FROM event WHERE workspace_id = ${workspace.id} AND message_id = ANY(${committed}::uuid[])) AS stored,
      (SELECT count(*) FROM event WHERE workspace_id = ${workspace.id}) AS all,
      (SELECT sum(events)::bigint FROM customer_day WHERE workspace_id = ${workspace.id}) AS rolled`);
  const { stored, all, rolled } = rows[0];
  bench.report({
    id: "G12 lost",
    name: `events lost or counted twice, ${WRITERS} out-of-order committers`,
    value: committed.length - stored + Math.abs(all - committed.length) + Math.abs(rolled - committed.length),
    unit: "",
    target: { exactly: 0 },
    detail: `${committed.length} committed, ${stored} stored (${early} while writing), ${rolled} counted in days`,
  });
}

const ROUNDS = 60;
const KEYS = 4_000;
const KEYS_A_ROUND = 1_500;

const isDeadlock = (error: unknown) => error instanceof pg.DatabaseError && error.code === "40P01";

/**
 * G12, deadlocks: four writers add to overlapping days through the drain's own statement (without the drain's lock), each
 * round with other keys, while two recomputers settle the same customers.
 */
export async function measureDeadlocks(bench: Bench): Promise<void> {
  const workspace = await newWorkspace(bench, "bench-deadlock");
  const config = poolConfig(bench.url, 6);
  const pool = new pg.Pool({ ...config, options: `${config.options} -c deadlock_timeout=50ms` });
  pool.on("error", () => {});
  let deadlocks = 0;
  const attempt = async (work: () => Promise<unknown>) => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDeadlock(error)) throw error;
        deadlocks++;
      }
    }
  };
  const write = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const keys = Array.from({ length: KEYS_A_ROUND }, () => 1 + Math.floor(Math.random() * KEYS));
      const events = sql`(SELECT key AS customer_id, ${NOW}::timestamptz AS occurred_at, 1::smallint AS kind, NULL::bigint AS amount
        FROM unnest(${keys}::bigint[]) AS key) AS events`;
      await attempt(() =>
        transaction(pool, async (db) => {
          await db.query(
            sql`WITH total AS (${dayTotals(events, ZONE)}) ${addDays(workspace.id, sql`total`)}`,
          );
          await db.query(sql`
            INSERT INTO customer_dirty (workspace_id, customer_id, day)
            SELECT ${workspace.id}::int, key, ${TODAY}::date FROM unnest(${keys}::bigint[]) AS key ORDER BY key`);
        }),
      );
    }
  };
  let isWriting = true;
  const settle = async () => {
    while (isWriting)
      await attempt(() =>
        recompute(pool, { workspaceId: workspace.id, mode: "incremental", asOf: TODAY, now: NOW }),
      );
  };
  try {
    const settlers = [settle(), settle()];
    await Promise.all(Array.from({ length: 4 }, write));
    isWriting = false;
    await Promise.all(settlers);
  } finally {
    await pool.end();
  }
  bench.report({
    id: "G12 dead",
    name: "deadlocks, 4 writers of overlapping keys and 2 recomputers",
    value: deadlocks,
    unit: "",
    target: { exactly: 0 },
    detail: `${4 * ROUNDS} batches of ${KEYS_A_ROUND} keys out of ${KEYS}`,
  });
}
