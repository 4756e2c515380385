import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, daysBetween, parseDay } from "@/lib/platform/day";
import {
  comparedRange,
  presetRange,
  presetsOf,
  rangePresets,
  readRangeParams,
  resolveRange,
} from "@/lib/platform/http/day-range";

const today = parseDay("2026-06-15");
const firstDay = parseDay("2025-01-03");
const days = fc.integer({ min: -400, max: 400 }).map((n) => addDays(today, n));
const asked = fc.record({ from: fc.option(days), to: fc.option(days) });
const range = (from: string, to: string) => ({ from: parseDay(from), to: parseDay(to) });

describe("resolveRange", () => {
  test.each<[string, string | null, string | null, string, string]>([
    ["nothing asked: the last 30 days", null, null, "2026-05-17", "2026-06-15"],
    ["both asked", "2026-02-01", "2026-02-28", "2026-02-01", "2026-02-28"],
    ["an end that has not come is today", "2026-06-01", "2026-07-01", "2026-06-01", "2026-06-15"],
    ["a start after the end: 30 days up to the end", "2026-05-01", "2026-04-01", "2026-03-03", "2026-04-01"],
    ["only an end", null, "2026-04-01", "2026-03-03", "2026-04-01"],
    ["a day before anything can have happened", "0001-01-02", null, "1990-01-01", "2026-06-15"],
    ["such an end: up to today", "0001-01-01", "0001-01-05", "1990-01-01", "2026-06-15"],
    ["one day", "2026-06-15", "2026-06-15", "2026-06-15", "2026-06-15"],
  ])("%s", (_name, from, to, wantedFrom, wantedTo) => {
    const found = resolveRange({ from: from as Day | null, to: to as Day | null }, today);
    expect(found).toEqual({ from: wantedFrom, to: wantedTo });
  });

  test("is never empty and never beyond today", () => {
    fc.assert(
      fc.property(asked, (one) => {
        const found = resolveRange(one, today);
        expect(found.from <= found.to && found.to <= today).toBe(true);
        expect(resolveRange(found, today)).toEqual(found);
      }),
    );
  });
});

describe("presets", () => {
  test.each([
    ["today", "2026-06-15", 1],
    ["7d", "2026-06-09", 7],
    ["30d", "2026-05-17", 30],
    ["90d", "2026-03-18", 90],
    ["mtd", "2026-06-01", 15],
    ["qtd", "2026-04-01", 76],
    ["ytd", "2026-01-01", 166],
    ["all", "2025-01-03", 529],
  ] as const)("%s begins on %s and has %i days", (preset, from, count) => {
    const found = presetRange(preset, today, firstDay);
    expect(found).toEqual({ from, to: today });
    expect(daysBetween(found.from, found.to) + 1).toBe(count);
  });

  test.each([
    ["2026-01-31", "2026-01-01"],
    ["2026-03-31", "2026-01-01"],
    ["2026-04-01", "2026-04-01"],
    ["2026-12-31", "2026-10-01"],
  ])("the quarter of %s begins on %s", (last, from) => {
    expect(presetRange("qtd", parseDay(last), null).from).toBe(from);
  });

  test("a preset's range is recognised as it, with every other preset it is on that day", () => {
    for (const preset of rangePresets)
      expect(presetsOf(presetRange(preset, today, firstDay), today, firstDay)).toContain(preset);
    expect(presetsOf(range("2026-01-01", "2026-01-07"), parseDay("2026-01-07"), null)).toEqual([
      "7d",
      "mtd",
      "qtd",
      "ytd",
    ]);
    expect(presetsOf(range("2026-06-02", "2026-06-15"), today, firstDay)).toEqual([]);
  });

  test("all time of a workspace without customers is today", () => {
    expect(presetRange("all", today, null)).toEqual({ from: today, to: today });
  });
});

describe("comparedRange", () => {
  test.each([
    ["as many days directly before", "previous", "2026-06-01", "2026-06-30", "2026-05-02", "2026-05-31"],
    ["the day before a day", "previous", "2026-03-01", "2026-03-01", "2026-02-28", "2026-02-28"],
    ["the same days a year before", "year", "2026-02-01", "2026-03-31", "2025-02-01", "2025-03-31"],
    ["29 February becomes the 28th", "year", "2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28"],
    ["28 February stays", "year", "2025-02-28", "2025-03-01", "2024-02-28", "2024-03-01"],
  ] as const)("%s", (_name, comparison, from, to, wantedFrom, wantedTo) => {
    expect(comparedRange(range(from, to), comparison)).toEqual(range(wantedFrom, wantedTo));
  });

  test("nothing is compared with nothing", () => {
    expect(comparedRange(range("2026-06-01", "2026-06-30"), "none")).toBeNull();
  });

  test("the previous period is as long and ends the day before", () => {
    fc.assert(
      fc.property(asked, (one) => {
        const found = resolveRange(one, today);
        const before = comparedRange(found, "previous")!;
        expect(daysBetween(before.from, before.to)).toBe(daysBetween(found.from, found.to));
        expect(addDays(before.to, 1)).toBe(found.from);
      }),
    );
  });
});

describe("readRangeParams", () => {
  const read = (params: Record<string, string | string[]>) =>
    readRangeParams(params, { today, firstDay, others: ["trend"] });

  test("two days, a comparison and what else the page knows are read without a word", () => {
    expect(read({ from: "2026-02-01", to: "2026-02-28", compare: "year", trend: "table" })).toEqual({
      range: range("2026-02-01", "2026-02-28"),
      comparison: "year",
      ignored: [],
    });
  });

  test("a preset stays relative to today", () => {
    expect(read({ range: "qtd" }).range).toEqual(range("2026-04-01", "2026-06-15"));
  });

  test("nothing asked is the last 30 days against the 30 before", () => {
    expect(read({})).toEqual({
      range: range("2026-05-17", "2026-06-15"),
      comparison: "previous",
      ignored: [],
    });
  });

  test("what cannot be read and what nobody knows is left out and named", () => {
    const found = read({
      from: "yesterday",
      to: ["2026-02-01", "2026-02-02"],
      compare: "tomorrow",
      range: "",
      x: "1",
      constructor: "1",
    });
    expect(found.range).toEqual(range("2026-05-17", "2026-06-15"));
    expect(found.comparison).toBe("previous");
    expect(found.ignored).toEqual(["from", "to", "compare", "range", "x", "constructor"]);
  });
});
