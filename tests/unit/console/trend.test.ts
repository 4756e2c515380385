import { expect, test } from "vitest";
import { shownPoints, trendSeries } from "@/components/board/trend";
import { addDays, parseDay } from "@/lib/platform/day";

const points = (days: string[], from: number) =>
  days.map((on, i) => ({ day: parseDay(on), counts: { trial: from + i } }));
const trend = points(["2026-06-28", "2026-06-29", "2026-06-30"], 10);
const stages = [{ key: "trial" }, { key: "churned" }];
const trial = [{ key: "trial" }];

test("finished days are drawn alike; a stage nobody was in counts 0", () => {
  expect(trendSeries(trend, stages, null, null)).toEqual([
    { day: "2026-06-28", trial: 10, churned: 0 },
    { day: "2026-06-29", trial: 11, churned: 0 },
    { day: "2026-06-30", trial: 12, churned: 0 },
  ]);
});

test("the unfinished day is apart, joined to the last finished one", () => {
  expect(trendSeries(trend, trial, parseDay("2026-06-30"), null)).toEqual([
    { day: "2026-06-28", trial: 10, "trial~": null },
    { day: "2026-06-29", trial: 11, "trial~": 11 },
    { day: "2026-06-30", trial: null, "trial~": 12 },
  ]);
});

test("the compared period lies point by point over this one, and ends where it ended", () => {
  expect(trendSeries(trend, trial, null, points(["2025-06-28", "2025-06-29"], 3))).toEqual([
    { day: "2026-06-28", trial: 10, "trial=": 3 },
    { day: "2026-06-29", trial: 11, "trial=": 4 },
    { day: "2026-06-30", trial: 12, "trial=": null },
  ]);
});

const daysFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, i) => addDays(parseDay(first), i));

test("short trends show every day", () => {
  expect(shownPoints(daysFrom("2026-01-01", 120))).toHaveLength(120);
});

test("longer ones show the ends of weeks, and the longest the ends of months, with first and last", () => {
  const year = daysFrom("2025-01-01", 365);
  const weeks = shownPoints(year).map((i) => year[i]);
  expect(weeks.slice(0, 3)).toEqual(["2025-01-01", "2025-01-05", "2025-01-12"]);
  expect(weeks.at(-1)).toBe("2025-12-31");
  const years = daysFrom("2023-01-10", 800);
  const months = shownPoints(years).map((i) => years[i]);
  expect(months.slice(0, 3)).toEqual(["2023-01-10", "2023-01-31", "2023-02-28"]);
  expect(months.at(-1)).toBe(years.at(-1));
});
