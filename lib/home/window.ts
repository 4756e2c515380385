import { addDays, type Day, daysBetween, localDay } from "@/lib/platform/day";
import type { DayRange } from "@/lib/platform/http/day-range";
import type { Workspace } from "@/lib/workspaces/schema";

const WEEK = 7;
/** A visit longer ago than this says less than the last week does. */
const MONTH = 30;

export interface HomeWindow extends DayRange {
  /** Whether the window begins with the day of the last visit; else it is the last seven days. */
  sinceVisit: boolean;
}

/**
 * The days "what changed" is about: from the day of one's last visit on where that is one to thirty days ago, else the last
 * seven. On a standing or shifted clock visits and the workspace's days have nothing to do with each other.
 */
export function homeWindow(
  workspace: Pick<Workspace, "clockMode" | "timeZone">,
  today: Day,
  lastVisit: Date | null,
): HomeWindow {
  const visited =
    workspace.clockMode === "real" && lastVisit ? localDay(lastVisit, workspace.timeZone) : null;
  const ago = visited ? daysBetween(visited, today) : 0;
  if (visited && ago >= 1 && ago <= MONTH) return { from: visited, to: today, sinceVisit: true };
  return { from: addDays(today, 1 - WEEK), to: today, sinceVisit: false };
}
