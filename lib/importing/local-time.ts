import { parseInstant, utcInstant } from "@/lib/intake/occurred-at";

const DAY_MS = 86_400_000;

/** Order of day and month in dates like 03/04/2026; without it such a date is refused, not guessed. */
export type DateOrder = "dmy" | "mdy";

const YEAR_FIRST =
  /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:[.,](\d{1,9}))?秒?)?分?)?$/;
const YEAR_LAST =
  /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/;
const ZONED = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * The instant a cell names. With a zone in the text that zone counts, without one the clocks of `timeZone` do; ten or
 * thirteen digits are Unix seconds or milliseconds. A local time that was skipped when clocks went forward is moved forward by
 * what was skipped; one that happened twice is the first. Null when the text is no such time.
 */
export function parseCellTime(text: string, timeZone: string, order?: DateOrder): Date | null {
  const cell = text.trim();
  if (/^(\d{10}|\d{13})$/.test(cell)) return parseInstant(Number(cell));
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:/.test(cell) && ZONED.test(cell.slice(10))) return parseInstant(cell);
  const local = localParts(cell, order);
  return local === null ? null : zonedInstant(local, timeZone);
}

/** The date and time of the cell as if its clock were UTC, in milliseconds. */
function localParts(cell: string, order: DateOrder | undefined): number | null {
  const yearFirst = YEAR_FIRST.exec(cell) ?? DIGITS.exec(cell);
  const yearLast = !yearFirst && order ? YEAR_LAST.exec(cell) : null;
  const match = yearFirst ?? yearLast;
  if (!match) return null;
  const part = (index: number) => Number(match[index] ?? 0);
  const [year, month, day] = yearFirst
    ? [part(1), part(2), part(3)]
    : order === "dmy"
      ? [part(3), part(2), part(1)]
      : [part(3), part(1), part(2)];
  return utcInstant(year!, month!, day!, part(4), part(5), part(6), match[7]);
}

/** The instant at which clocks of the zone show that local time (`local`: as if it were UTC); see parseCellTime for the edges. */
export function zonedInstant(local: number, timeZone: string): Date {
  // Offsets a day before and after are the only two in question: no zone changes its clocks twice within two days.
  const before = offsetAt(local - DAY_MS, timeZone);
  const after = offsetAt(local + DAY_MS, timeZone);
  const candidates = [local - before, local - after].filter((at) => at + offsetAt(at, timeZone) === local);
  return new Date(candidates.length > 0 ? Math.min(...candidates) : local - before);
}

const formats = new Map<string, Intl.DateTimeFormat>();
// Orders of a file come in runs of the same hours, and asking Intl is slow: offsets are remembered by quarter hour,
// because no zone has changed its clocks at any other time since 1990.
const QUARTER_HOUR_MS = 900_000;
const MAX_REMEMBERED = 20_000;
const offsets = new Map<string, Map<number, number>>();

/** What clocks of the zone show at `at`, less UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (!known) offsets.set(timeZone, (known = new Map()));
  const quarter = Math.floor(at / QUARTER_HOUR_MS);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = offsetOfZone(quarter * QUARTER_HOUR_MS, timeZone);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(quarter, offset);
  }
  return offset;
}

function offsetOfZone(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const year = parts.era === "BC" ? 1 - Number(parts.year) : Number(parts.year);
  const shown = new Date(0);
  shown.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  shown.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return shown.getTime() - at;
}
