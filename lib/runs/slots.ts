import { addDays, type Day, localDay, startOfDay } from "@/lib/platform/day";
import type { Workspace } from "@/lib/workspaces/schema";

/** Minutes after local midnight at which a workspace is recomputed in full: quiet, and after every clock change. */
const NIGHTLY_MINUTE = 2 * 60 + 15;
/** Zones change their clocks on the quarter of an hour, and the slot lies on one: finer steps find nothing more. */
const STEP_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;

/**
 * The nightly slot of a local day: the first instant at which its wall clock shows 02:15 or later. A clock change that
 * skips 02:15 moves it to the next time that exists, one that repeats it leaves the first. Null for a day the zone skipped.
 */
export function nightlySlot(d: Day, timeZone: string): Date | null {
  const midnight = startOfDay(d, timeZone).getTime();
  const next = startOfDay(addDays(d, 1), timeZone).getTime();
  for (let at = midnight; at < next; at += STEP_MS) {
    const instant = new Date(at);
    if (localDay(instant, timeZone) === d && wallMinute(instant, timeZone) >= NIGHTLY_MINUTE) return instant;
  }
  return null;
}

/**
 * The nightly slot a workspace owes at `now`, or null. One that was away for several nights owes only the newest: a full
 * recompute makes the earlier ones pointless. Workspaces on a fixed or shifted clock have no nights.
 */
export function nightlySlotDue(
  workspace: Pick<Workspace, "clockMode" | "timeZone">,
  lastSlotAt: Date | null,
  now: Date,
): Date | null {
  if (workspace.clockMode !== "real") return null;
  const today = localDay(now, workspace.timeZone);
  if (lastSlotAt && localDay(lastSlotAt, workspace.timeZone) >= today) return null;
  // Two days back reach past a day the zone skipped.
  for (const d of [today, addDays(today, -1), addDays(today, -2)]) {
    const slot = nightlySlot(d, workspace.timeZone);
    if (slot && slot <= now) return isAfter(slot, lastSlotAt) ? slot : null;
  }
  return null;
}

/** The full hour a workspace owes a check for, or null; hours missed while nobody ran are not made up. */
export function hourlySlotDue(lastSlotAt: Date | null, now: Date): Date | null {
  const slot = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  return isAfter(slot, lastSlotAt) ? slot : null;
}

const isAfter = (slot: Date, last: Date | null): boolean => last === null || slot > last;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes the wall clock of the zone shows past midnight. */
function wallMinute(instant: Date, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    clocks.set(timeZone, clock);
  }
  const [hours, minutes] = clock.format(instant).split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
