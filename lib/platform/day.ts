import { z } from "zod";

/** A calendar day of some zone, "2026-02-01". Days compare as strings. */
export const day = z.iso.date().brand<"Day">();
export type Day = z.infer<typeof day>;

/** No event is older: intake refuses what is (lib/intake/occurred-at.ts), so no period need begin before. */
export const FIRST_POSSIBLE_DAY = "1990-01-01" as Day;

/** A day anything can have happened on; periods of such days are bounded. */
export const eventfulDay = day.refine((d) => d >= FIRST_POSSIBLE_DAY, {
  error: `must not be before ${FIRST_POSSIBLE_DAY}`,
});

const DAY_MS = 86_400_000;

/** The named day; throws when the text is no calendar day. */
export const parseDay = (text: string): Day => day.parse(text);

const epochDay = (d: Day): number => Date.parse(`${d}T00:00:00Z`) / DAY_MS;

/** The day `days` later (earlier when negative). */
export const addDays = (d: Day, days: number): Day =>
  new Date((epochDay(d) + days) * DAY_MS).toISOString().slice(0, 10) as Day;

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => epochDay(to) - epochDay(from);

/** Every day of the half-open range [from, to). */
export function daysOf(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to)) }, (_, i) => addDays(from, i));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(timeZone, found);
  }
  return found;
}

/** The calendar day it is in `timeZone` at `instant`. */
export function localDay(instant: Date, timeZone: string): Day {
  const parts = formatter(timeZone).formatToParts(instant);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}` as Day;
}

/** The first instant of `d` in `timeZone`: normally midnight, later where a clock change skips midnight. */
export function startOfDay(d: Day, timeZone: string): Date {
  // The answer lies within a day of UTC midnight; search the minute at which the local date turns.
  let low = Date.parse(`${d}T00:00:00Z`) - DAY_MS;
  let high = low + 2 * DAY_MS;
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 2 / 60_000) * 60_000;
    if (localDay(new Date(middle), timeZone) < d) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** True when the runtime knows the IANA zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
