import { addDays, type Day } from "@/lib/platform/day";

/** The period a page is about, both days included. */
export interface DayRange {
  from: Day;
  to: Day;
}

const DEFAULT_DAYS = 30;

export const rangePresets = ["7d", "30d", "90d", "mtd", "all"] as const;
export type RangePreset = (typeof rangePresets)[number];

/** The range a preset stands for, ending on `last`; "all" begins on the first day there is anything. */
export function presetRange(preset: RangePreset, last: Day, firstDay: Day | null): DayRange {
  if (preset === "mtd") return { from: `${last.slice(0, 8)}01` as Day, to: last };
  if (preset === "all") return { from: firstDay && firstDay < last ? firstDay : last, to: last };
  return { from: addDays(last, 1 - Number.parseInt(preset, 10)), to: last };
}

/** The range asked for, kept within what has happened: a missing or later end is today, a missing start 30 days. */
export function resolveRange(asked: { from: Day | null; to: Day | null }, today: Day): DayRange {
  const to = asked.to && asked.to < today ? asked.to : today;
  const from = asked.from && asked.from <= to ? asked.from : addDays(to, 1 - DEFAULT_DAYS);
  return { from, to };
}

/** The preset a range is, or null when it is somebody's own choice. */
export const presetOf = (range: DayRange, today: Day, firstDay: Day | null): RangePreset | null =>
  rangePresets.find((preset) => {
    const one = presetRange(preset, today, firstDay);
    return one.from === range.from && one.to === range.to;
  }) ?? null;
