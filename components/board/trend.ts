import { type Day, daysBetween } from "@/lib/platform/day";

export interface TrendPoint {
  day: Day;
  counts: Record<string, number>;
}

type Row = { day: Day } & Record<string, number | string | null>;

/** Longest trends that are drawn day by day and week by week; longer ones go by months. */
const DAYS_UP_TO = 120;
const WEEKS_UP_TO = 730;

const isSunday = (day: Day): boolean => daysBetween("1970-01-04" as Day, day) % 7 === 0;

/**
 * Which points of a trend are shown: each day, or of a long one the last day of each week or month. Counts are of the
 * end of a day, so nothing is summed and a shown point is as true as any other; first and last are always there.
 */
export function shownPoints(days: readonly Day[]): number[] {
  const all = days.map((_, i) => i);
  if (days.length <= DAYS_UP_TO) return all;
  const ends =
    days.length <= WEEKS_UP_TO
      ? (i: number) => isSunday(days[i]!)
      : (i: number) => days[i + 1]?.slice(0, 7) !== days[i]!.slice(0, 7);
  return all.filter((i) => i === 0 || i === days.length - 1 || ends(i));
}

/**
 * Rows a chart draws: finished days under the stage's key; the unfinished day, joined to the point before it, under the
 * key with "~"; the compared period, laid over this one point by point, under the key with "=".
 */
export function trendSeries(
  trend: readonly TrendPoint[],
  stages: readonly { key: string }[],
  unfinishedDay: Day | null,
  compared: readonly TrendPoint[] | null,
): Row[] {
  const unfinishedAt = trend.findIndex(({ day }) => day === unfinishedDay);
  return trend.map(({ day, counts }, i) => {
    const row: Row = { day };
    for (const { key } of stages) {
      const value = counts[key] ?? 0;
      row[key] = i === unfinishedAt ? null : value;
      if (unfinishedAt >= 0) row[`${key}~`] = i >= unfinishedAt - 1 ? value : null;
      if (compared) row[`${key}=`] = compared[i] ? (compared[i].counts[key] ?? 0) : null;
    }
    return row;
  });
}
