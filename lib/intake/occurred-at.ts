import { accepted, type Outcome, rejected } from "./rejection";

const MINUTE_MS = 60_000;

/** A clock that runs ahead by up to this much is forgiven: the event then happened when it was received. */
export const FUTURE_TOLERANCE_MS = 10 * MINUTE_MS;

/** Before this instant nobody collected events: such a time is a fault of the sender (epoch 0, year 1). */
export const EARLIEST = Date.UTC(1990, 0, 1);

// An epoch number below this is seconds (until the year 5138), from it on milliseconds (since 1973).
const FIRST_MILLISECONDS = 100_000_000_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * The instant a sender wrote: ISO 8601 text (without a zone it is UTC, a date alone is its midnight) or an integer
 * Unix time, seconds below 100,000,000,000 and milliseconds from there. Null when it is neither, or no calendar date.
 * A Date is one that was read before.
 */
export function parseInstant(value: unknown): Date | null {
  if (value instanceof Date) return value;
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) return null;
    const ms = Math.abs(value) < FIRST_MILLISECONDS ? value * 1000 : value;
    return Math.abs(ms) <= 8.64e15 ? new Date(ms) : null;
  }
  const match = typeof value === "string" ? ISO.exec(value.trim()) : null;
  if (!match) return null;
  const [, year, month, dayOfMonth, hour = 0, minute = 0, second = 0, fraction] = match;
  const local = utcInstant(+year!, +month!, +dayOfMonth!, +hour, +minute, +second, fraction);
  if (local === null) return null;
  const offset = zoneOffsetMinutes(match[8]);
  return offset === null ? null : new Date(local - offset * MINUTE_MS);
}

/** Milliseconds of that UTC date and time; null when the calendar or the clock has no such moment (30 February, 25:00). */
export function utcInstant(
  year: number,
  month: number,
  dayOfMonth: number,
  hour: number,
  minute: number,
  second: number,
  fraction?: string,
): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== dayOfMonth) return null;
  const ms = fraction ? Number(fraction.padEnd(3, "0").slice(0, 3)) : 0;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

function zoneOffsetMinutes(zone: string | undefined): number | null {
  if (!zone || zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || 0);
  if (hours > 18 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * When an event happened, by the clock of the server: receivedAt − (sentAt − timestamp), as the Segment spec has it, where
 * `originalTimestamp` goes before `timestamp`. Without sentAt the timestamp itself; without a timestamp receivedAt.
 * Up to ten minutes in the future means now; later is refused, and so is anything before 1990.
 */
export function occurredAt(p: {
  originalTimestamp?: unknown;
  timestamp?: unknown;
  sentAt?: unknown;
  receivedAt: Date;
}): Outcome<Date> {
  const field = given(p.originalTimestamp) ? "originalTimestamp" : "timestamp";
  if (!given(p[field])) return accepted(p.receivedAt);
  const written = parseInstant(p[field]);
  if (!written) return unreadable(field);
  const sentAt = given(p.sentAt) ? parseInstant(p.sentAt) : null;
  if (given(p.sentAt) && !sentAt) return unreadable("sentAt");
  const skewMs = sentAt ? p.receivedAt.getTime() - sentAt.getTime() : 0;
  return withinHistory(written.getTime() + skewMs, p.receivedAt, field);
}

/** The instant, clamped or refused by the limits above; `path` names the field in the answer. */
export function withinHistory(instantMs: number, receivedAt: Date, path: string): Outcome<Date> {
  const aheadMs = instantMs - receivedAt.getTime();
  if (!Number.isFinite(instantMs) || instantMs < EARLIEST)
    return rejected("ancient_timestamp", path, `${path} comes to an instant before 1990-01-01`);
  if (aheadMs > FUTURE_TOLERANCE_MS)
    return rejected(
      "future_timestamp",
      path,
      `${path} comes to an instant more than 10 minutes ahead of the server`,
    );
  return accepted(aheadMs > 0 ? receivedAt : new Date(instantMs));
}

const given = (value: unknown) => value !== undefined && value !== null && value !== "";

const unreadable = (field: string) =>
  rejected(
    "bad_timestamp",
    field,
    `${field} must be an ISO 8601 time like 2026-02-01T08:30:00Z or a Unix time`,
  );
