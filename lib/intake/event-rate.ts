import type { Pool } from "@/lib/platform/db";

/** Events a second one source may send for long. */
export const MAX_EVENTS_PER_SECOND = 1_000;
/** Seconds of it that may come at once: what an SDK kept while it was offline. */
const BURST_SECONDS = 60;

/** Nobody is told to wait this long: what was paid for lies so far ahead only after the clock was set back. */
const CLOCK_WENT_BACK_MS = 3_600_000;

/** Until when the events a source has sent are paid for, by source. */
const paidUntil = new WeakMap<Pool, Map<number, number>>();

/**
 * Seconds a source must wait before these events; 0 lets them in and counts them. Kept by each web process for itself: the
 * inbox has a limit of its own (back-pressure.ts), this one keeps a single sender from taking all of a process.
 */
export function secondsToWait(
  pool: Pool,
  p: { sourceId: number; events: number; perSecond: number; now: Date },
): number {
  let sources = paidUntil.get(pool);
  if (!sources) paidUntil.set(pool, (sources = new Map()));
  const now = p.now.getTime();
  const paid = sources.get(p.sourceId) ?? now;
  const before = paid - now > CLOCK_WENT_BACK_MS ? now : Math.max(paid, now);
  if (before - now > BURST_SECONDS * 1000) return Math.ceil((before - now) / 1000 - BURST_SECONDS) || 1;
  sources.set(p.sourceId, before + (p.events / p.perSecond) * 1000);
  return 0;
}
