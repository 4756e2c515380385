import { addDays, type Day, daysBetween, eventfulDay, FIRST_POSSIBLE_DAY } from "@/lib/platform/day";

/** The period a page is about, both days included. */
export interface DayRange {
  from: Day;
  to: Day;
}

const DEFAULT_DAYS = 30;

export const rangePresets = ["today", "7d", "30d", "90d", "mtd", "qtd", "ytd", "all"] as const;
export type RangePreset = (typeof rangePresets)[number];

/** What a period is compared with; the first is meant when an address says nothing. */
export const comparisons = ["previous", "year", "none"] as const;
export type Comparison = (typeof comparisons)[number];

const monthOf = (d: Day): number => Number(d.slice(5, 7));
const firstOfMonth = (year: string, month: number): Day =>
  `${year}-${String(month).padStart(2, "0")}-01` as Day;

/** The range a preset stands for, ending on `last`; "all" begins on the first day there is anything. */
export function presetRange(preset: RangePreset, last: Day, firstDay: Day | null): DayRange {
  const year = last.slice(0, 4);
  switch (preset) {
    case "today":
      return { from: last, to: last };
    case "mtd":
      return { from: firstOfMonth(year, monthOf(last)), to: last };
    case "qtd":
      return { from: firstOfMonth(year, monthOf(last) - ((monthOf(last) - 1) % 3)), to: last };
    case "ytd":
      return { from: firstOfMonth(year, 1), to: last };
    case "all":
      return { from: firstDay && firstDay < last ? firstDay : last, to: last };
    default:
      return { from: addDays(last, 1 - Number.parseInt(preset, 10)), to: last };
  }
}

/**
 * The range asked for, kept within what can have happened: a missing end, or one that has not come, is today; a missing
 * start 30 days before it.
 */
export function resolveRange(asked: { from: Day | null; to: Day | null }, today: Day): DayRange {
  const to = asked.to && asked.to < today && asked.to >= FIRST_POSSIBLE_DAY ? asked.to : today;
  const from = asked.from && asked.from <= to ? asked.from : addDays(to, 1 - DEFAULT_DAYS);
  return { from: laterOf(from, FIRST_POSSIBLE_DAY), to };
}

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);

/** Every preset a range is, in their order: on the 7th, the month to date is also the last 7 days. */
export const presetsOf = (range: DayRange, today: Day, firstDay: Day | null): RangePreset[] =>
  rangePresets.filter((preset) => {
    const one = presetRange(preset, today, firstDay);
    return one.from === range.from && one.to === range.to;
  });

/** The same day a year before; 29 February has 28 February for it. */
function yearBefore(d: Day): Day {
  const rest = d.slice(4) === "-02-29" ? "-02-28" : d.slice(4);
  return `${String(Number(d.slice(0, 4)) - 1).padStart(4, "0")}${rest}` as Day;
}

/** The period another is compared with: as many days directly before it, or the same days of the year before. */
export function comparedRange({ from, to }: DayRange, comparison: Comparison): DayRange | null {
  if (comparison === "none") return null;
  if (comparison === "year") return { from: yearBefore(from), to: yearBefore(to) };
  return { from: addDays(from, daysBetween(to, from) - 1), to: addDays(from, -1) };
}

export type SearchParams = Record<string, string | string[] | undefined>;

export interface RangeParams {
  range: DayRange;
  comparison: Comparison;
  /** Names of parameters that could not be read or that nobody knows: left out, and said so. */
  ignored: string[];
}

/**
 * The period an address asks for: two days (`from`, `to`), or a preset (`range`) as saved views hold it, so that it stays
 * relative. `others` are the further parameters the page knows.
 */
export function readRangeParams(
  params: SearchParams,
  p: { today: Day; firstDay: Day | null; others: readonly string[] },
): RangeParams {
  const preset = rangePresets.find((one) => one === params.range);
  const comparison = comparisons.find((one) => one === params.compare);
  const dayOf = (value: unknown) => eventfulDay.safeParse(value).data ?? null;
  const days = { from: dayOf(params.from), to: dayOf(params.to) };
  const read: Record<string, unknown> = { ...days, range: preset, compare: comparison };
  const ignored = Object.keys(params).filter((name) =>
    Object.hasOwn(read, name) ? !read[name] : !p.others.includes(name),
  );
  return {
    range: preset ? presetRange(preset, p.today, p.firstDay) : resolveRange(days, p.today),
    comparison: comparison ?? "previous",
    ignored,
  };
}
