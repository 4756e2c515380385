import { expect } from "vitest";
import { drainAll } from "@/lib/intake/drain";
import { type InboxRow, writeInbox } from "@/lib/intake/inbox";
import { type Pool, sql } from "@/lib/platform/db";
import { checkInvariants } from "@/lib/stages/invariants";
import { replay } from "@/lib/stages/recompute";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { randomEvents } from "@/tests/support/random-events";
import { lastWords, WORKER_NAME } from "./worker-process";

/** The workspaces of a fault test stand still, so that nothing but the fault decides how it ends. */
const STANDS_AT = new Date("2026-06-30T15:00:00Z");

/** A workspace with events still to be accepted; every one of them will be. */
export interface Shop {
  workspace: Workspace;
  waves: InboxRow[][];
}

/** A shop whose events, over 90 days and in no order, come in so many waves. */
export async function newShop(
  pool: Pool,
  p: { slug: string; customers: number; events: number; waves: number; seed: number },
): Promise<Shop> {
  const now = new Date();
  const workspace = await createWorkspace(pool, {
    slug: p.slug,
    name: p.slug,
    timeZone: "America/New_York",
    currency: "USD",
    clock: { mode: "fixed", at: STANDS_AT },
    now,
  });
  const { sourceId } = await createSource(pool, {
    workspaceId: workspace.id,
    name: "shop",
    kind: "import",
    now,
  });
  const rows = randomEvents({ ...p, sourceId, days: 90, until: STANDS_AT, prefix: p.slug });
  const size = Math.ceil(rows.length / p.waves);
  const waves = Array.from({ length: p.waves }, (_, wave) => rows.slice(wave * size, (wave + 1) * size));
  return { workspace, waves };
}

/** Accepts one wave, or again after a fault what is not known to be accepted: the sender retries. */
export const accept = (pool: Pool, shop: Shop, wave: number): Promise<void> =>
  writeInbox(pool, shop.workspace.id, shop.waves[wave] ?? []);

/** Resolves while a worker has a transaction open: the moment to hurt it. */
export const midTransaction = (pool: Pool): Promise<unknown> =>
  eventually(
    "a worker in a transaction",
    async () => {
      const { rowCount } = await pool.query(sql`
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = ${WORKER_NAME} AND backend_xid IS NOT NULL`);
      return rowCount;
    },
    { everyMs: 5, withinMs: 40_000 },
  );

/** Waits until nothing is left to do in any of the shops and every slot taken has ended. */
export const quiescence = (pool: Pool, shops: Shop[], withinMs = 90_000): Promise<unknown> =>
  eventually(
    "quiescence",
    async () => {
      const { rows } = await pool.query(sql`
        SELECT (SELECT count(*) FROM event_inbox) AS inbox, (SELECT count(*) FROM customer_dirty) AS dirty,
          (SELECT count(*) FROM stage_model WHERE settled_on IS NULL) AS unsettled,
          (SELECT count(*) FROM run WHERE state <> 'succeeded') AS runs,
          (SELECT count(*) FROM event) AS stored`);
      const expected = shops.reduce((sum, shop) => sum + shop.waves.flat().length, 0);
      const { stored, ...left } = rows[0];
      if (stored === expected && Object.values(left).every((count) => count === 0)) return true;
      const { rows: busy } = await pool.query(sql`
        SELECT pid, state, wait_event, clock_timestamp() - xact_start AS since, left(query, 120) AS query
        FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`);
      throw new Error(
        `${JSON.stringify(rows[0])}, ${expected} accepted\n${JSON.stringify(busy)}\n${lastWords()}`,
      );
    },
    { withinMs, everyMs: 100 },
  );

/** What the database says of every customer, by the key the sender knows them under. */
async function lives(pool: Pool, workspaceId: number) {
  const { rows } = await pool.query(sql`
    SELECT c.display_key AS who, s.stage, s.since_on, s.due_on,
      (SELECT array_agg(concat_ws(' ', t.effective_on, coalesce(t.from_stage, '-'), t.to_stage) ORDER BY t.effective_on, t.seq)
       FROM stage_transition t WHERE t.workspace_id = c.workspace_id AND t.customer_id = c.customer_id
         AND t.retracted_at IS NULL) AS log,
      (SELECT array_agg(e.message_id ORDER BY e.message_id) FROM event e
       WHERE e.workspace_id = c.workspace_id AND e.customer_id = c.customer_id) AS events
    FROM customer c
    LEFT JOIN customer_stage s ON s.workspace_id = c.workspace_id AND s.customer_id = c.customer_id AND s.model_id = 1
    WHERE c.workspace_id = ${workspaceId} AND c.merged_into IS NULL
    ORDER BY c.display_key`);
  return rows;
}

/** Every invariant holds, and all is as in a database that saw the same events undisturbed and lived them from the beginning. */
export async function expectSound(pool: Pool, shops: Shop[]): Promise<void> {
  const twin = await testDatabase();
  try {
    for (const { workspace, waves } of shops) {
      const broken = (await checkInvariants(pool, workspace.id)).filter((one) => one.violations > 0);
      expect(broken).toEqual([]);

      const now = new Date();
      const same = await createWorkspace(twin.pool, {
        ...workspace,
        locale: "en",
        clock: { mode: "fixed", at: STANDS_AT },
        now,
      });
      const { id: workspaceId, timeZone } = same;
      await writeInbox(twin.pool, workspaceId, waves.flat());
      await drainAll(twin.pool, { workspaceId, timeZone, now });
      await replay(twin.pool, { workspaceId, asOf: workspaceDay(same, now), now });
      expect(await lives(pool, workspace.id)).toEqual(await lives(twin.pool, workspaceId));
    }
  } finally {
    await twin.drop();
  }
}
