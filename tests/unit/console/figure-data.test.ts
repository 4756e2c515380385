import { expect, test } from "vitest";
import { flowData, stagesData, trendData } from "@/components/board/figure-data";
import { parseDay } from "@/lib/platform/day";
import { csvText } from "@/lib/platform/http/csv";

const stages = [
  { key: "trial", name: "Trial", color: "#56b4e9", icon: "sprout" },
  { key: "growth", name: "=Growth", color: "#009e73", icon: "trending-up" },
];
const words = {
  stage: "Stage",
  customers: "Customers",
  before: "Before",
  day: "Day",
  from: "On Jun 1",
  appeared: "New",
  total: "Total",
};
const on = parseDay("2026-05-31");

test("stages carry the compared period, and nothing where there is nothing to compare with", () => {
  const counts = [
    { ...stages[0]!, customers: 3, earlier: { on, value: 2, comparable: true } },
    { ...stages[1]!, customers: 4, earlier: { on, value: 0, comparable: false } },
  ];
  expect(stagesData("f", counts, words).rows).toEqual([
    ["Trial", 3, 2],
    ["=Growth", 4, null],
  ]);
});

test("a trend has a row a day and its total", () => {
  const trend = [{ day: parseDay("2026-06-01"), counts: { trial: 3, growth: 4 } }];
  const data = trendData("f", trend, stages, words);
  expect(data.header).toEqual(["Day", "Trial", "=Growth", "Total"]);
  expect(data.rows).toEqual([["2026-06-01", 3, 4, 7]]);
});

test("the flow has a row an earlier stage, and totals of its columns", () => {
  const flow = [
    { from: null, to: "trial", customers: 2 },
    { from: "trial", to: "growth", customers: 5 },
  ];
  expect(flowData("f", flow, stages, words).rows).toEqual([
    ["New", 2, 0, 2],
    ["Trial", 0, 5, 5],
    ["Total", 2, 5, 7],
  ]);
});

test("the file opens in a spreadsheet: a byte order mark, quotes, and no formulas", () => {
  const { header, rows } = trendData("f", [], stages, words);
  expect(csvText(header, rows)).toBe(`\uFEFF"Day","Trial","'=Growth","Total"\r\n`);
});
