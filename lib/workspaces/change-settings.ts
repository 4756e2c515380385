import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { holdIntake } from "@/lib/intake/drain";
import { addDays, daysBetween, startOfDay } from "@/lib/platform/day";
import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { moveClock } from "@/lib/stages/clock";
import { lockClock } from "@/lib/stages/shard";
import { type Workspace, type WorkspaceClock, workspaceDay } from "./schema";
import { getSettings } from "./settings";
import {
  type ClockChoice,
  currencies,
  MOST_CLOCK_DAYS,
  type SettingsValues,
  settingsFields,
  type WorkspaceSettings,
} from "./settings-schema";

interface Change {
  workspaceId: number;
  /** The version the change was made from. */
  version: number;
  actor: Actor;
  now: Date;
}

const DAY_MS = 86_400_000;

/** What one sets, of all that is known of a workspace. */
export const valuesOf = ({
  name,
  locale,
  timeZone,
  currency,
  weekStart,
}: WorkspaceSettings): SettingsValues => ({ name, locale, timeZone, currency, weekStart });

/** Locks the settings; when somebody changed them since, a conflict that says what they are now. */
async function lockSettings(db: Db, p: Change): Promise<WorkspaceSettings> {
  const present = await getSettings(db, p.workspaceId, sql`FOR NO KEY UPDATE OF w`);
  if (present.version !== p.version)
    throw new AppError("conflict", "Somebody changed the settings meanwhile", {
      reason: "version",
      version: present.version,
      values: valuesOf(present),
    });
  return present;
}

const refused = (field: "timeZone" | "currency", why: string): AppError =>
  new AppError("conflict", why, { reason: "settled", field });

/**
 * Writes the settings people may change at any time, and zone and currency while nothing depends on them: once there are
 * events their local days are cut, once there are amounts they are minor units of the currency; then a change is a conflict
 * that names the field. Answers the new version; what was so already changes nothing.
 */
export const changeSettings = (
  pool: Pool,
  p: Change & { values: SettingsValues },
): Promise<{ version: number }> =>
  transaction(pool, async (db) => {
    const seen = await getSettings(db, p.workspaceId);
    if (seen.timeZone !== p.values.timeZone || seen.currency !== p.values.currency) {
      // Nothing is stored between looking whether there are events and changing what they would have been stored by.
      await lockClock(db, p.workspaceId);
      await holdIntake(db, p.workspaceId);
    }
    const present = await lockSettings(db, p);
    const before = valuesOf(present);
    const changed = settingsFields.filter((field) => before[field] !== p.values[field]);
    if (changed.length === 0) return { version: present.version };
    if (changed.includes("timeZone") && present.hasEvents)
      throw refused("timeZone", "Local days of events were cut by the present time zone");
    if (changed.includes("currency") && present.hasAmounts)
      throw refused("currency", "Amounts are stored in the present currency");
    if (changed.includes("currency") && !currencies.includes(p.values.currency))
      throw new AppError("bad_input", "No such currency", { fields: [{ path: "values.currency" }] });
    const { name, locale, timeZone, currency, weekStart } = p.values;
    // A clock that stands, stands on the same day of the new zone.
    const clockAt =
      present.clockAt && changed.includes("timeZone")
        ? startOfDay(workspaceDay(present, p.now), timeZone)
        : present.clockAt;
    await db.query(sql`
      UPDATE workspace SET name = ${name}, locale = ${locale}, time_zone = ${timeZone}, currency = ${currency},
        week_start = ${weekStart}, clock_at = ${clockAt}, settings_version = settings_version + 1
      WHERE id = ${p.workspaceId}`);
    const pick = (values: SettingsValues) =>
      Object.fromEntries(changed.map((field) => [field, values[field]]));
    await appendAudit(db, {
      ...p,
      action: "workspace.changed",
      target: present.slug,
      before: pick(before),
      after: pick(p.values),
    });
    return { version: present.version + 1 };
  });

/** The clock of that choice in the workspace's zone. */
export function clockOf(choice: ClockChoice, timeZone: string): WorkspaceClock {
  switch (choice.mode) {
    case "real":
      return { mode: "real" };
    case "fixed":
      return { mode: "fixed", at: startOfDay(choice.day, timeZone) };
    case "shifted":
      return { mode: "shifted", shiftMs: choice.days * DAY_MS };
  }
}

/** How a clock goes, as the audit log keeps it. */
const clockWords = ({ clockMode, clockAt, clockShiftMs }: Workspace) => ({
  clock: clockMode,
  clockAt,
  clockShiftDays: clockShiftMs === null ? null : clockShiftMs / DAY_MS,
});

/**
 * Sets the workspace's clock and answers the day it lives in then. The caller has the stages recomputed: forward every day is
 * lived through, back what later days taught is taken away. A clock that would move by more than MOST_CLOCK_DAYS is refused.
 */
export const changeClock = (
  pool: Pool,
  p: Change & { clock: ClockChoice },
): Promise<{ version: number; from: string; to: string }> =>
  transaction(pool, async (db) => {
    // Clock before settings: the order of whoever sets a clock.
    await lockClock(db, p.workspaceId);
    const present = await lockSettings(db, p);
    const from = workspaceDay(present, p.now);
    const after = await moveClock(db, {
      workspaceId: p.workspaceId,
      clock: clockOf(p.clock, present.timeZone),
      now: p.now,
    });
    const to = workspaceDay(after, p.now);
    if (Math.abs(daysBetween(from, to)) > MOST_CLOCK_DAYS)
      throw new AppError("conflict", "The clock would move too far at once", {
        reason: "too_far",
        earliest: addDays(from, -MOST_CLOCK_DAYS),
        latest: addDays(from, MOST_CLOCK_DAYS),
      });
    await db.query(
      sql`UPDATE workspace SET settings_version = settings_version + 1 WHERE id = ${p.workspaceId}`,
    );
    await appendAudit(db, {
      ...p,
      action: "workspace.changed",
      target: present.slug,
      before: { ...clockWords(present), day: from },
      after: { ...clockWords(after), day: to },
    });
    return { version: present.version + 1, from, to };
  });
