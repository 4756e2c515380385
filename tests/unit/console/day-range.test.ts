import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, daysBetween, parseDay } from "@/lib/platform/day";
import { presetOf, presetRange, rangePresets, resolveRange } from "@/lib/platform/http/day-range";

const today = parseDay("2026-06-15");
const firstDay = parseDay("2026-01-03");
const days = fc.integer({ min: -400, max: 400 }).map((n) => addDays(today, n));
const asked = fc.record({ from: fc.option(days), to: fc.option(days) });

describe("resolveRange", () => {
  test.each<[string, string | null, string | null, string, string]>([
    ["nothing asked: the last 30 days", null, null, "2026-05-17", "2026-06-15"],
    ["both asked", "2026-02-01", "2026-02-28", "2026-02-01", "2026-02-28"],
    ["an end that has not come is today", "2026-06-01", "2026-07-01", "2026-06-01", "2026-06-15"],
    ["a start after the end: 30 days up to the end", "2026-05-01", "2026-04-01", "2026-03-03", "2026-04-01"],
    ["only an end", null, "2026-04-01", "2026-03-03", "2026-04-01"],
    ["one day", "2026-06-15", "2026-06-15", "2026-06-15", "2026-06-15"],
  ])("%s", (_name, from, to, wantedFrom, wantedTo) => {
    const range = resolveRange({ from: from as Day | null, to: to as Day | null }, today);
    expect(range).toEqual({ from: wantedFrom, to: wantedTo });
  });

  test("is never empty and never beyond today", () => {
    fc.assert(
      fc.property(asked, (one) => {
        const range = resolveRange(one, today);
        expect(range.from <= range.to && range.to <= today).toBe(true);
        expect(resolveRange(range, today)).toEqual(range);
      }),
    );
  });
});

describe("presets", () => {
  test.each([
    ["7d", "2026-06-09", 7],
    ["30d", "2026-05-17", 30],
    ["90d", "2026-03-18", 90],
    ["mtd", "2026-06-01", 15],
    ["all", "2026-01-03", 164],
  ] as const)("%s begins on %s and has %i days", (preset, from, count) => {
    const range = presetRange(preset, today, firstDay);
    expect(range).toEqual({ from, to: today });
    expect(daysBetween(range.from, range.to) + 1).toBe(count);
  });

  test("a preset's range is recognised as it", () => {
    for (const preset of rangePresets) {
      expect(presetOf(presetRange(preset, today, firstDay), today, firstDay)).toBe(preset);
    }
    expect(presetOf({ from: parseDay("2026-06-02"), to: today }, today, firstDay)).toBeNull();
  });

  test("all time of a workspace without customers is today", () => {
    expect(presetRange("all", today, null)).toEqual({ from: today, to: today });
  });
});
