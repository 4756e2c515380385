import { z } from "zod";
import { addDays, type Day, day, daysOf } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import type { Workspace } from "@/lib/workspaces/schema";
import { countMoves } from "./customers-in-stage";
import { getDecidingModel, versionOn } from "./queries";
import { stage } from "./schema";

/** The lifecycle board: stages as of a day, against the day before the period, with everything between. */
export const board = z.object({
  asOf: day,
  from: day,
  /** The day before the period: what changes are measured against. */
  previousOn: day,
  customers: z.number().int(),
  previousCustomers: z.number().int(),
  version: z.number().int(),
  /** Everyone is evaluated as of this day; null before the first recompute. */
  settledOn: day.nullable(),
  /** Facts accepted but not yet in the stages: events in the inbox plus customers marked up to the as-of day. */
  pending: z.number().int(),
  stages: z.array(stage.extend({ customers: z.number().int(), previous: z.number().int() })),
  /** Stage at previousOn (null = was not there yet) → stage as of asOf. */
  flow: z.array(z.object({ from: z.string().nullable(), to: z.string(), customers: z.number().int() })),
  /** Customers per stage at the end of each day of the period, previousOn included. */
  trend: z.array(z.object({ day, counts: z.record(z.string(), z.number().int()) })),
});
export type Board = z.infer<typeof board>;

const moveRow = z.object({ day: day.nullable(), stage: z.string(), net: z.number() });

/** Net arrivals per stage: everything up to `before` in one row a stage (day null), then each day up to `to`. */
const netMoves = (db: Db, p: { workspaceId: number; modelId: number; before: Day; to: Day }) =>
  queryRows(
    db,
    moveRow,
    sql`SELECT CASE WHEN f.day > ${p.before}::date THEN f.day END AS day, m.stage, sum(m.moves)::int AS net
        FROM stage_flow f
        CROSS JOIN LATERAL (VALUES (f.to_stage, f.moves), (f.from_stage, -f.moves)) AS m (stage, moves)
        WHERE f.workspace_id = ${p.workspaceId} AND f.model_id = ${p.modelId} AND f.day <= ${p.to}::date AND m.stage <> ''
        GROUP BY 1, 2`,
  );

async function countPending(db: Db, workspaceId: number, asOf: Day): Promise<number> {
  const rows = await queryRows(
    db,
    z.object({ pending: z.number() }),
    sql`SELECT (SELECT count(*) FROM event_inbox WHERE workspace_id = ${workspaceId})::int
          + (SELECT count(DISTINCT customer_id) FROM customer_dirty WHERE workspace_id = ${workspaceId} AND day <= ${asOf}::date)::int
          AS pending`,
  );
  return rows[0]?.pending ?? 0;
}

/** The board of a workspace for the local days [from, to]; counts are read from the log, not computed again. */
export async function getBoard(
  db: Db,
  p: { workspace: Workspace; from: Day; to: Day; model?: string },
): Promise<Board> {
  const workspaceId = p.workspace.id;
  const model = await getDecidingModel(db, workspaceId, p.model);
  const { version, definition } = versionOn(model, p.to);
  const previousOn = addDays(p.from, -1);
  const scope = { workspaceId, modelId: model.modelId };
  const moves = await netMoves(db, { ...scope, before: previousOn, to: p.to });
  const moved = await countMoves(db, { ...scope, since: previousOn, asOf: p.to });
  const pending = await countPending(db, workspaceId, p.to);

  // Stages a former version knew stay countable: they are shown as long as somebody is in them.
  const counts: Record<string, number> = Object.fromEntries(definition.stages.map((s) => [s.key, 0]));
  for (const move of moves) if (move.day === null) counts[move.stage] = (counts[move.stage] ?? 0) + move.net;
  const before = { ...counts };
  const trend = [{ day: previousOn, counts: before }];
  const byDay = groupByDay(moves);
  for (const on of daysOf(p.from, addDays(p.to, 1))) {
    for (const move of byDay.get(on) ?? []) counts[move.stage] = (counts[move.stage] ?? 0) + move.net;
    trend.push({ day: on, counts: { ...counts } });
  }
  const sum = (of: Record<string, number>) => Object.values(of).reduce((a, b) => a + b, 0);
  return {
    asOf: p.to,
    from: p.from,
    previousOn,
    customers: sum(counts),
    previousCustomers: sum(before),
    version,
    settledOn: model.settledOn as Day | null,
    pending,
    stages: definition.stages.map((s) => ({
      ...s,
      customers: counts[s.key] ?? 0,
      previous: before[s.key] ?? 0,
    })),
    flow: flowsOf(counts, moved),
    trend,
  };
}

/** Movers as counted, and who stayed: everybody in a stage at the end but those who came there. */
function flowsOf(
  counts: Record<string, number>,
  moved: { from: string; to: string; customers: number }[],
): Board["flow"] {
  const flow = new Map(
    moved.map(({ from, to, customers }) => [`${from}>${to}`, { from: from || null, to, customers }]),
  );
  for (const [stage, customers] of Object.entries(counts)) {
    const came = moved.filter((m) => m.to === stage).reduce((sum, m) => sum + m.customers, 0);
    const stayed = customers - came + (flow.get(`${stage}>${stage}`)?.customers ?? 0);
    if (stayed > 0) flow.set(`${stage}>${stage}`, { from: stage, to: stage, customers: stayed });
  }
  return [...flow.values()];
}

function groupByDay<T extends { day: Day | null }>(rows: T[]): Map<Day | null, T[]> {
  const groups = new Map<Day | null, T[]>();
  for (const row of rows) {
    const group = groups.get(row.day);
    if (group) group.push(row);
    else groups.set(row.day, [row]);
  }
  return groups;
}
