import { expect, test } from "vitest";
import { trendSeries } from "@/components/board/trend";
import { parseDay } from "@/lib/platform/day";

const trend = ["2026-06-28", "2026-06-29", "2026-06-30"].map((on, i) => ({
  day: parseDay(on),
  counts: { trial: 10 + i },
}));
const stages = [{ key: "trial" }, { key: "churned" }];

test("finished days are drawn alike; a stage nobody was in counts 0", () => {
  expect(trendSeries(trend, stages, null)).toEqual([
    { day: "2026-06-28", trial: 10, churned: 0 },
    { day: "2026-06-29", trial: 11, churned: 0 },
    { day: "2026-06-30", trial: 12, churned: 0 },
  ]);
});

test("the unfinished day is apart, joined to the last finished one", () => {
  expect(trendSeries(trend, [{ key: "trial" }], parseDay("2026-06-30"))).toEqual([
    { day: "2026-06-28", trial: 10, "trial~": null },
    { day: "2026-06-29", trial: 11, "trial~": 11 },
    { day: "2026-06-30", trial: null, "trial~": 12 },
  ]);
});
