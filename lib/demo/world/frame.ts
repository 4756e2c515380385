import { addDays, type Day, daysBetween, parseDay, startOfDay } from "@/lib/platform/day";

/** The outer facts of an imagined world. */
export interface Frame {
  seed: number;
  /** How many shop owners sign up. */
  shops: number;
  /** How many local days it lasts. */
  days: number;
  firstDay: Day;
}

export const WORLD_TIME_ZONE = "Asia/Shanghai";
export const WORLD_LAST_DAY = parseDay("2026-10-31");

/** What a world is made from; every world ends on the same day unless another is said, so that a shorter one begins later. */
export interface WorldSize {
  seed?: number;
  shops?: number;
  days?: number;
  lastDay?: Day;
}

export const frameOf = (p: WorldSize = {}): Frame => {
  const days = p.days ?? 400;
  return {
    seed: p.seed ?? 1,
    shops: p.shops ?? 5000,
    days,
    firstDay: addDays(p.lastDay ?? WORLD_LAST_DAY, 1 - days),
  };
};

/** Day of the week of a world day: 0 is Sunday. */
export function weekday(frame: Frame, on: number): number {
  const sinceEpoch = daysBetween("1970-01-01" as Day, frame.firstDay) + on;
  return (((sinceEpoch + 4) % 7) + 7) % 7; // the epoch was a Thursday
}

/** Milliseconds of the first instant of the world's first day. The zone has no clock changes: day n begins n × 24 h later. */
export const beginningOf = (frame: Frame): number => startOfDay(frame.firstDay, WORLD_TIME_ZONE).getTime();
