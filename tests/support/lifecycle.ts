import { randomUUID } from "node:crypto";
import { drainAll } from "@/lib/intake/drain";
import { writeInbox } from "@/lib/intake/inbox";
import { findMetric } from "@/lib/metrics/catalogue";
import type { History } from "@/lib/metrics/history";
import { addDays, type Day, startOfDay } from "@/lib/platform/day";
import { type Pool, sql } from "@/lib/platform/db";
import { classifyStage } from "@/lib/stages/classify-stage";
import type { LifecycleThresholds } from "@/lib/stages/default-model";
import type { StageModelDefinition } from "@/lib/stages/schema";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { CUSTOM_KIND_ID, type Happening, inboxRow, ZONE } from "./random-history";

export const NOW = new Date("2026-11-01T00:00:00Z");

/** Gates low and silences short enough for few orders to walk through all six stages. */
export const quickThresholds: LifecycleThresholds = {
  growth: { orders: 2, revenue: 0, interval: null },
  stable: { orders: 3, revenue: 10_000, interval: 30 },
  mature: { orders: 4, revenue: 40_000, interval: 20 },
  rhythm: { declineRatio: 1.5, churnRatio: 3, fewOrders: 3, declineDays: 15, churnDays: 30 },
};

export interface TestWorkspace {
  id: number;
  sourceId: number;
}

/** A workspace of its own with a standing clock and the custom kind of random histories. */
export async function testWorkspace(
  pool: Pool,
  asOf: Day,
  thresholds = quickThresholds,
): Promise<TestWorkspace> {
  const slug = randomUUID();
  const at = startOfDay(asOf, ZONE);
  const workspace = await createWorkspace(pool, {
    slug,
    name: slug,
    timeZone: ZONE,
    currency: "CNY",
    clock: { mode: "fixed", at },
    thresholds,
    now: NOW,
  });
  const { sourceId } = await createSource(pool, {
    workspaceId: workspace.id,
    name: "test",
    kind: "import",
    now: NOW,
  });
  await pool.query(sql`
    INSERT INTO event_kind (workspace_id, id, key, created_at)
    VALUES (${workspace.id}, ${CUSTOM_KIND_ID}, 'demo_watched', ${NOW})`);
  return { id: workspace.id, sourceId };
}

/** Publishes a second model beside the default one. */
export async function addModel(
  pool: Pool,
  workspaceId: number,
  definition: StageModelDefinition,
): Promise<void> {
  await pool.query(sql`
    INSERT INTO stage_model (workspace_id, id, key, name, created_at)
    VALUES (${workspaceId}, 2, 'second', '{"zh":"二","en":"second"}', ${NOW})`);
  await pool.query(sql`
    INSERT INTO stage_model_version (workspace_id, model_id, version, state, definition, published_at, created_at)
    VALUES (${workspaceId}, 2, 1, 'published', ${JSON.stringify(definition)}, ${NOW}, ${NOW})`);
}

/** Writes a further version of a model, as a draft. */
export async function addDraft(
  pool: Pool,
  p: { workspaceId: number; modelId: number; version: number; definition: StageModelDefinition },
): Promise<void> {
  await pool.query(sql`
    INSERT INTO stage_model_version (workspace_id, model_id, version, state, definition, created_at)
    VALUES (${p.workspaceId}, ${p.modelId}, ${p.version}, 'draft', ${JSON.stringify(p.definition)}, ${NOW})`);
}

/** Accepts the happenings and drains them, in batches of `limit`. */
export async function take(
  pool: Pool,
  w: TestWorkspace,
  happenings: readonly Happening[],
  limit = 5000,
): Promise<void> {
  await writeInbox(
    pool,
    w.id,
    happenings.map((h) => inboxRow(h, w.sourceId)),
  );
  await drainAll(pool, { workspaceId: w.id, timeZone: ZONE, limit, now: NOW });
}

/** The stage sorted history gives one customer as of a day; null before it is seen. */
export function naiveStage(model: StageModelDefinition, history: History, asOf: Day): string | null {
  if (!history.seen.some((day) => day <= asOf)) return null;
  return classifyStage(model, (ref) => findMetric(ref.metric)!.oracle(history, ref.params ?? {}, asOf));
}

/** What the log holds true of each customer and day: { "ana": { "2026-02-20": "trial", … } }, days without change included. */
export async function stagesByDay(
  pool: Pool,
  p: { workspaceId: number; modelId: number; from: Day; to: Day },
): Promise<Record<string, Record<string, string | null>>> {
  const { rows } = await pool.query(sql`
    SELECT c.display_key AS customer, g.day::date::text AS day,
      (SELECT t.to_stage FROM stage_transition t
       WHERE t.workspace_id = c.workspace_id AND t.customer_id = c.customer_id AND t.model_id = ${p.modelId}
         AND t.retracted_at IS NULL AND t.effective_on <= g.day
       ORDER BY t.effective_on DESC, t.seq DESC LIMIT 1) AS stage
    FROM customer c CROSS JOIN generate_series(${p.from}::date, ${p.to}::date, interval '1 day') AS g (day)
    WHERE c.workspace_id = ${p.workspaceId} AND c.merged_into IS NULL`);
  const stages: Record<string, Record<string, string | null>> = {};
  for (const row of rows) (stages[row.customer] ??= {})[row.day] = row.stage;
  return stages;
}

/** The live rows of the log, in order: { "ana": ["2026-02-20 - trial", …] }. */
export async function liveLog(
  pool: Pool,
  p: { workspaceId: number; modelId: number },
): Promise<Record<string, string[]>> {
  const { rows } = await pool.query(sql`
    SELECT c.display_key AS customer,
      array_agg(concat_ws(' ', t.effective_on, coalesce(t.from_stage, '-'), t.to_stage) ORDER BY t.effective_on, t.seq) AS log
    FROM stage_transition t
    JOIN customer c ON c.workspace_id = t.workspace_id AND c.customer_id = t.customer_id
    WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.retracted_at IS NULL
    GROUP BY 1`);
  return Object.fromEntries(rows.map((row) => [row.customer, row.log]));
}

/** The log that stages by day amount to: a row for each day that ends in another stage than the day before. */
export function logOf(stages: Record<string, string | null>): string[] {
  const days = Object.entries(stages);
  return days.flatMap(([day, stage], i) => {
    const before = days[i - 1]?.[1] ?? null;
    return stage === before ? [] : [`${day} ${before ?? "-"} ${stage ?? "-"}`];
  });
}

/**
 * Runs `work` while no customer is marked: what a recompute meets when a drain commits behind its claim, in front of its
 * look at the facts. The marks are there again afterwards.
 */
export async function behindTheClaim(
  pool: Pool,
  workspaceId: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await pool.query(sql`
    DELETE FROM customer_dirty WHERE workspace_id = ${workspaceId} RETURNING customer_id, day`);
  await work();
  await pool.query(sql`
    INSERT INTO customer_dirty (workspace_id, customer_id, day)
    SELECT ${workspaceId}::int, * FROM unnest(${rows.map((r) => r.customer_id)}::bigint[], ${rows.map((r) => r.day)}::date[])`);
}

/** Every day from `from` to `to`, both included. */
export function everyDay(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
