import { addDays, type Day } from "@/lib/platform/day";

export interface TrendPoint {
  day: Day;
  counts: Record<string, number>;
}

/**
 * Rows a chart draws: finished days under the stage's key; the unfinished day, joined to the day before it, under the
 * key with "~", so that it can be drawn differently.
 */
export function trendSeries(
  trend: readonly TrendPoint[],
  stages: readonly { key: string }[],
  unfinishedDay: Day | null,
): ({ day: Day } & Record<string, number | string | null>)[] {
  const lastFinished = unfinishedDay && addDays(unfinishedDay, -1);
  return trend.map(({ day, counts }) => {
    const row: { day: Day } & Record<string, number | string | null> = { day };
    for (const { key } of stages) {
      const value = counts[key] ?? 0;
      row[key] = day === unfinishedDay ? null : value;
      if (unfinishedDay) row[`${key}~`] = day === unfinishedDay || day === lastFinished ? value : null;
    }
    return row;
  });
}
