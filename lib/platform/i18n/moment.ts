import { formatInstant, formatRelative } from "./format";
import type { Locale } from "./locale";

/** An instant as a page shows it: in the workspace's zone, with how long ago or ahead it is. */
export interface Moment {
  iso: string;
  text: string;
  relative: string;
}

/** Puts instants into words for a reader in that zone and language at `now`. */
export const momentsOf =
  (timeZone: string, locale: Locale, now: Date) =>
  (at: Date): Moment => ({
    iso: at.toISOString(),
    text: formatInstant(at, timeZone, locale),
    relative: formatRelative(at, now, locale),
  });
