import type { PoolClient } from "pg";
import { z } from "zod";
import { DRAIN_LOCK, drainBatch } from "@/lib/intake/drain";
import { copyInbox, type InboxRow } from "@/lib/intake/inbox";
import { type Db, findRow, type Pool, queryRows, sql } from "@/lib/platform/db";
import { getDecidingModel } from "@/lib/stages/queries";
import { settleCustomers } from "@/lib/stages/settle-customers";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import type { StageEffect } from "./schema";

/** Customers whose stages a dry run works out; of more, so many by chance. */
export const MAX_SAMPLED = 50_000;

const DRAIN_ROWS = 10_000;

export interface Effect {
  customers: { known: number; new: number };
  stages: StageEffect;
}

/** One connection that collects the events of a dry run, out of everybody's sight, and then says what they would change. */
export class Rehearsal {
  private constructor(
    private readonly client: PoolClient,
    private readonly workspace: Workspace,
    private readonly most: number,
  ) {}

  static async begin(pool: Pool, workspace: Workspace, most = MAX_SAMPLED): Promise<Rehearsal> {
    const client = await pool.connect();
    await client.query(sql`DROP TABLE IF EXISTS pg_temp.rehearsal`);
    await client.query(sql`CREATE TEMP TABLE rehearsal AS SELECT * FROM event_inbox WHERE false`);
    return new Rehearsal(client, workspace, most);
  }

  collect = async (events: readonly InboxRow[]): Promise<void> => {
    // Events of a dry run name no source; no import rests on what is rolled back.
    await copyInbox(this.client, this.workspace.id, events, "rehearsal");
  };

  /**
   * What the collected events would do: in one transaction that is rolled back they go through the drain for a sample of the
   * customers they name, whose stages are settled before and after. Meanwhile events of others wait in the inbox.
   */
  async effect(now: Date): Promise<Effect> {
    await this.client.query("BEGIN");
    try {
      return await this.rehearse(now);
    } finally {
      await this.client.query("ROLLBACK");
    }
  }

  async end(): Promise<void> {
    let broken: Error | undefined;
    await this.client.query(sql`DROP TABLE IF EXISTS pg_temp.rehearsal`).catch((error: Error) => {
      broken = error;
    });
    this.client.release(broken);
  }

  private async rehearse(now: Date): Promise<Effect> {
    const { client: db, workspace } = this;
    const { id: workspaceId, timeZone } = workspace;
    const named = await sampleNames(db, workspaceId, this.most);
    await db.query(sql`SELECT pg_advisory_xact_lock(${DRAIN_LOCK}, ${workspaceId})`);
    const drainAll = async () => {
      while ((await drainBatch(db, { workspaceId, timeZone, limit: DRAIN_ROWS, now })).claimed > 0);
    };
    await drainAll();
    const question = {
      workspaceId,
      timeZone,
      model: await getDecidingModel(db, workspaceId),
      asOf: workspaceDay(workspace, now),
      now,
    };
    const known = await owners(db, workspaceId);
    const before = await settleCustomers(db, { ...question, customerIds: known });
    await db.query(sql`
      INSERT INTO event_inbox (workspace_id, source_id, kind, received_at, occurred_at, message_id, user_key, anonymous_key,
        previous_key, external_keys, amount, channel, props, traits)
      SELECT workspace_id, source_id, kind, received_at, occurred_at, message_id, user_key, anonymous_key,
        previous_key, external_keys, amount, channel, props, traits
      FROM rehearsal JOIN rehearsal_name USING (name_kind, name)`);
    await drainAll();
    const present = await owners(db, workspaceId);
    const after = await settleCustomers(db, { ...question, customerIds: present });
    const isPresent = new Set(present);
    const merged = known.filter((id) => !isPresent.has(id));
    return {
      customers: { known: named.known, new: named.all - named.known },
      stages: {
        modelId: question.model.modelId,
        moves: countMoves(present.map((id) => [before.get(id) ?? null, after.get(id) ?? null])),
        named: named.all,
        sampled: Math.min(named.all, this.most),
        merged: merged.length,
      },
    };
  }
}

function countMoves(pairs: readonly (readonly [string | null, string | null])[]): StageEffect["moves"] {
  const moves = new Map<string, StageEffect["moves"][number]>();
  for (const [from, to] of pairs) {
    const key = JSON.stringify([from, to]);
    const move = moves.get(key) ?? { from, to, customers: 0 };
    move.customers += 1;
    moves.set(key, move);
  }
  return [...moves.values()].sort((a, b) => b.customers - a.customers);
}

const namesRow = z.object({ all: z.number(), known: z.number() });

/** Counts the customers the events name by their strongest id, and keeps the sample: by hash, so the same file has the same. */
async function sampleNames(db: Db, workspaceId: number, most: number) {
  await db.query(sql`
    ALTER TABLE rehearsal
      ADD COLUMN name_kind text GENERATED ALWAYS AS (CASE WHEN user_key IS NOT NULL THEN 'user'
        ELSE coalesce(external_keys -> 0 ->> 0, 'anonymous') END) STORED,
      ADD COLUMN name text GENERATED ALWAYS AS (coalesce(user_key, external_keys -> 0 ->> 1, anonymous_key)) STORED`);
  await db.query(sql`
    CREATE TEMP TABLE rehearsal_all ON COMMIT DROP AS SELECT DISTINCT name_kind, name FROM rehearsal`);
  await db.query(sql`
    CREATE TEMP TABLE rehearsal_name ON COMMIT DROP AS
    SELECT name_kind, name FROM rehearsal_all ORDER BY md5(name), name_kind LIMIT ${most}`);
  await db.query(sql`ANALYZE rehearsal_name`);
  const row = await findRow(
    db,
    namesRow,
    sql`SELECT count(*) AS all, count(i.customer_id) AS known FROM rehearsal_all a
        LEFT JOIN identity i ON i.workspace_id = ${workspaceId} AND i.kind = a.name_kind AND i.value = a.name`,
  );
  return row!;
}

/** The customers who now have any id that an event of the sample carries. */
async function owners(db: Db, workspaceId: number): Promise<number[]> {
  const rows = await queryRows(
    db,
    z.object({ customerId: z.number() }),
    sql`
    WITH sampled AS (SELECT r.* FROM rehearsal r JOIN rehearsal_name USING (name_kind, name)),
    key AS (
      SELECT 'user' AS kind, user_key AS value FROM sampled WHERE user_key IS NOT NULL
      UNION SELECT 'anonymous', anonymous_key FROM sampled WHERE anonymous_key IS NOT NULL
      UNION SELECT e ->> 0, e ->> 1 FROM sampled CROSS JOIN LATERAL jsonb_array_elements(external_keys) e
    )
    SELECT DISTINCT i.customer_id AS "customerId" FROM key
    JOIN identity i ON i.workspace_id = ${workspaceId} AND i.kind = key.kind AND i.value = key.value ORDER BY 1`,
  );
  return rows.map((row) => row.customerId);
}
