import { createHash, randomBytes } from "node:crypto";
import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { type LifecycleThresholds, lifecycleModel } from "@/lib/stages/default-model";
import { getWorkspace } from "./queries";
import type { Workspace, WorkspaceClock } from "./schema";

export interface NewWorkspace {
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  locale?: "zh-CN" | "en";
  clock?: WorkspaceClock;
  isDemo?: boolean;
  /** Gates and rhythm of the default stage model; lib/stages/default-model.ts has the starting values. */
  thresholds?: LifecycleThresholds;
  now: Date;
}

/** A workspace with the six-stage model published as version 1, deciding from the beginning. */
export async function createWorkspace(pool: Pool, p: NewWorkspace): Promise<Workspace> {
  const clock = p.clock ?? { mode: "real" as const };
  return transaction(pool, async (db) => {
    // Its number is drawn first, so that all of it is written as its own: nobody may write for a workspace they are not bound to.
    const { rows } = await db.query(sql`SELECT nextval(pg_get_serial_sequence('workspace', 'id')) AS id`);
    const id: number = rows[0].id;
    await db.query(sql`SELECT set_config('app.workspace', ${String(id)}, true)`);
    await db.query(sql`
      INSERT INTO workspace (id, slug, name, time_zone, currency, locale, clock_mode, clock_at, clock_shift_ms, is_demo, created_at)
      VALUES (${id}, ${p.slug}, ${p.name}, ${p.timeZone}, ${p.currency}, ${p.locale ?? "zh-CN"}, ${clock.mode},
        ${clock.mode === "fixed" ? clock.at : null}, ${clock.mode === "shifted" ? clock.shiftMs : null},
        ${p.isDemo ?? false}, ${p.now})`);
    await db.query(sql`
      INSERT INTO stage_model (workspace_id, id, key, name, created_at)
      VALUES (${id}, 1, 'lifecycle', ${JSON.stringify({ zh: "用户生命周期", en: "Customer lifecycle" })}, ${p.now})`);
    await db.query(sql`
      INSERT INTO stage_model_version (workspace_id, model_id, version, state, definition, effective_on, published_at, created_at)
      VALUES (${id}, 1, 1, 'published', ${JSON.stringify(lifecycleModel(p.thresholds))}, NULL, ${p.now}, ${p.now})`);
    return getWorkspace(db, id);
  });
}

/** SHA-256 of a write key, as hex: what the database keeps. A key has 256 random bits, so a fast hash is enough. */
export const hashWriteKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** A new write key: what a sender is told once, and what of it is kept. */
export function newWriteKey(): { writeKey: string; hash: string; hint: string } {
  const writeKey = `clm_${randomBytes(32).toString("base64url")}`;
  return { writeKey, hash: hashWriteKey(writeKey), hint: writeKey.slice(0, 8) };
}

/** A source of events. An `http` source gets a write key, returned once and never again. */
export async function createSource(
  db: Db,
  p: { workspaceId: number; name: string; kind: "http" | "import" | "demo"; now: Date },
): Promise<{ sourceId: number; writeKey: string | null }> {
  const key = p.kind === "http" ? newWriteKey() : null;
  const { rows } = await db.query(sql`
    INSERT INTO source (workspace_id, name, kind, write_key_hash, write_key_hint, created_at)
    VALUES (${p.workspaceId}, ${p.name}, ${p.kind}, ${key?.hash}, ${key?.hint}, ${p.now})
    RETURNING id`);
  return { sourceId: rows[0].id, writeKey: key?.writeKey ?? null };
}

/** The source of that name, created when it is missing: how repeated imports share one. */
export async function ensureSource(
  db: Db,
  p: { workspaceId: number; name: string; kind: "import" | "demo"; now: Date },
): Promise<number> {
  await db.query(sql`
    INSERT INTO source (workspace_id, name, kind, created_at)
    VALUES (${p.workspaceId}, ${p.name}, ${p.kind}, ${p.now}) ON CONFLICT (workspace_id, name) DO NOTHING`);
  const { rows } = await db.query(
    sql`SELECT id FROM source WHERE workspace_id = ${p.workspaceId} AND name = ${p.name}`,
  );
  return rows[0].id;
}
