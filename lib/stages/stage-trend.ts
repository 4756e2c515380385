import { z } from "zod";
import { addDays, type Day, day, daysOf } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";

/** Customers per stage at the end of a day. */
export const trendPoint = z.object({ day, counts: z.record(z.string(), z.number().int()) });
export type TrendPoint = z.infer<typeof trendPoint>;

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

/**
 * Customers per stage at the end of the day before `from` and of each day of [from, to], read from the flow counts.
 * Stages beyond `stages` (of former versions) stay countable as long as somebody is in them.
 */
export async function getStageTrend(
  db: Db,
  p: { workspaceId: number; modelId: number; stages: readonly string[]; from: Day; to: Day },
): Promise<TrendPoint[]> {
  const before = addDays(p.from, -1);
  const moves = await netMoves(db, { ...p, before });
  const counts: Record<string, number> = Object.fromEntries(p.stages.map((key) => [key, 0]));
  const add = (rows: readonly { stage: string; net: number }[]) => {
    for (const { stage, net } of rows) counts[stage] = (counts[stage] ?? 0) + net;
  };
  const byDay = groupByDay(moves);
  add(byDay.get(null) ?? []);
  const trend = [{ day: before, counts: { ...counts } }];
  for (const on of daysOf(p.from, addDays(p.to, 1))) {
    add(byDay.get(on) ?? []);
    trend.push({ day: on, counts: { ...counts } });
  }
  return trend;
}

/** Everybody a point counts. */
export const customersOf = ({ counts }: TrendPoint): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

function groupByDay<T extends { day: Day | null }>(rows: T[]): Map<Day | null, T[]> {
  const groups = new Map<Day | null, T[]>();
  for (const row of rows) {
    const group = groups.get(row.day);
    if (group) group.push(row);
    else groups.set(row.day, [row]);
  }
  return groups;
}
