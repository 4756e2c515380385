import type { Log } from "@/lib/platform/log";

const QUIET_MS = 10_000;

/**
 * Logs a failing connection once in ten seconds for each place and message, with the count of those left out:
 * drivers repeat an outage many times a second.
 */
export function throttledErrors(log: Log): (place: string, error: Error) => void {
  const seen = new Map<string, { since: number; unsaid: number }>();
  return (place, error) => {
    const key = `${place} ${error.message}`;
    const at = performance.now();
    const before = seen.get(key);
    if (before && at - before.since < QUIET_MS) {
      before.unsaid += 1;
      return;
    }
    if (seen.size > 100) seen.clear();
    seen.set(key, { since: at, unsaid: 0 });
    log.warn({ place, error: error.message, repeated: before?.unsaid ?? 0 }, "queue trouble");
  };
}
