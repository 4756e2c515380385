import { z } from "zod";
import { addDays, type Day, day } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import type { Workspace } from "@/lib/workspaces/schema";
import { countMoves } from "./moves";
import { getDecidingModel, versionOn } from "./queries";
import { stage } from "./schema";
import { customersOf, getStageTrend, trendPoint } from "./stage-trend";

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
  trend: z.array(trendPoint),
});
export type Board = z.infer<typeof board>;

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
  const stages = definition.stages.map(({ key }) => key);
  const trend = await getStageTrend(db, { ...scope, stages, from: p.from, to: p.to });
  const moved = await countMoves(db, { ...scope, since: previousOn, asOf: p.to });
  const pending = await countPending(db, workspaceId, p.to);

  const before = trend[0]!;
  const after = trend.at(-1)!;
  return {
    asOf: p.to,
    from: p.from,
    previousOn,
    customers: customersOf(after),
    previousCustomers: customersOf(before),
    version,
    settledOn: model.settledOn as Day | null,
    pending,
    stages: definition.stages.map((s) => ({
      ...s,
      customers: after.counts[s.key] ?? 0,
      previous: before.counts[s.key] ?? 0,
    })),
    flow: flowsOf(after.counts, moved),
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
