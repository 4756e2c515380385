const HOUR_MS = 3_600_000;

/** The history a rhythm is read from: so many days up to the last event. */
export const RHYTHM_DAYS = 14;
/** With fewer gaps between active hours than this nobody can tell what is usual. */
export const MIN_GAPS = 20;
/** A silence shorter than this is none, however busy the source was. */
export const MIN_SILENCE_HOURS = 1;
/** Times the usual gap. */
export const FACTOR = 6;

export interface Silence {
  /** 95 of 100 gaps between active hours were no longer than this; null: the source was never regular. */
  usualGapHours: number | null;
  /** Nothing came for longer than it may be usual. */
  isSilent: boolean;
}

/**
 * Whether a source fell silent. A source is regular when the RHYTHM_DAYS up to its last event hold more than MIN_GAPS active
 * hours; it is silent when nothing came for longer than an hour and longer than FACTOR times its usual gap. `activeHours` are the
 * full hours in which something was received, ascending; all instants are real time, whatever clock the workspace lives by.
 */
export function judgeSilence(p: { activeHours: readonly Date[]; lastAt: Date | null; now: Date }): Silence {
  const gaps = p.activeHours
    .slice(1)
    .map((hour, i) => (hour.getTime() - p.activeHours[i]!.getTime()) / HOUR_MS)
    .sort((a, b) => a - b);
  if (p.lastAt === null || gaps.length < MIN_GAPS) return { usualGapHours: null, isSilent: false };
  const usualGapHours = gaps[Math.ceil(0.95 * gaps.length) - 1]!;
  const allowedHours = Math.max(MIN_SILENCE_HOURS, FACTOR * usualGapHours);
  return { usualGapHours, isSilent: p.now.getTime() - p.lastAt.getTime() > allowedHours * HOUR_MS };
}
