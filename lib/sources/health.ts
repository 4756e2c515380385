import { KIND } from "@/lib/intake/kinds";
import type { KindActivity, listActiveHours } from "./queries";
import type { Source } from "./schema";
import { judgeSilence, type Silence } from "./silence";

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

export interface SourceHealth {
  source: Source;
  lastAt: Date | null;
  silence: Silence;
  events: number;
  duplicates: number;
  links: number;
  /** Of events: those that name a known customer. */
  known: number;
  orders: number;
  /** Of orders: those with an amount. */
  valuedOrders: number;
  /** Received in each of the last 24 full hours and the running one, oldest first. */
  lastDay: number[];
  /** Received in each of the last 7 × 24 hours, summed by six hours, oldest first. */
  lastWeek: number[];
  kinds: KindActivity[];
}

/** What the tables say of each source at `now`. Only live senders are judged silent: files come when somebody brings them. */
export function healthOf(
  sources: readonly Source[],
  p: { kinds: readonly KindActivity[]; hours: Awaited<ReturnType<typeof listActiveHours>>; now: Date },
): SourceHealth[] {
  return sources.map((source) => {
    const kinds = p.kinds.filter(({ sourceId }) => sourceId === source.id);
    const hours = p.hours.filter(({ sourceId }) => sourceId === source.id);
    const sum = (of: (one: KindActivity) => number) => kinds.reduce((total, one) => total + of(one), 0);
    const lastAt = kinds.reduce<Date | null>(
      (last, one) => (last === null || one.lastAt > last ? one.lastAt : last),
      null,
    );
    const orders = kinds.find(({ kind }) => kind === KIND.order);
    const judged = source.kind === "http" && source.revokedAt === null;
    return {
      source,
      lastAt,
      silence: judged
        ? judgeSilence({ activeHours: hours.map(({ hour }) => hour), lastAt, now: p.now })
        : { usualGapHours: null, isSilent: false },
      events: sum(({ events }) => events),
      duplicates: sum(({ duplicates }) => duplicates),
      links: sum(({ links }) => links),
      known: sum(({ known }) => known),
      orders: orders?.events ?? 0,
      valuedOrders: orders?.valued ?? 0,
      lastDay: bucketed(hours, { now: p.now, hours: DAY_HOURS, hoursABar: 1 }),
      lastWeek: bucketed(hours, { now: p.now, hours: WEEK_HOURS, hoursABar: 6 }),
      kinds,
    };
  });
}

/** Counts of the hours up to and with the running one, `hoursABar` together, oldest first. */
function bucketed(
  hours: readonly { hour: Date; received: number }[],
  p: { now: Date; hours: number; hoursABar: number },
): number[] {
  const end = Math.floor(p.now.getTime() / HOUR_MS) + 1;
  const bars = Array.from({ length: p.hours / p.hoursABar }, () => 0);
  for (const { hour, received } of hours) {
    const ago = end - 1 - Math.floor(hour.getTime() / HOUR_MS);
    if (ago < 0 || ago >= p.hours) continue;
    bars[bars.length - 1 - Math.floor(ago / p.hoursABar)]! += received;
  }
  return bars;
}
