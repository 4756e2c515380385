import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, type Day } from "@/lib/platform/day";
import { readHolidayLines } from "@/lib/workspaces/holiday-lines";

test("lines are read however their day is written", () => {
  const text =
    "2026-10-01 国庆节\r\n\n2026/1/1\t元旦\n2026.5.1,劳动节\n2026年2月17日：春节\n2026-10-01 国庆节";
  expect(readHolidayLines(text)).toEqual({
    holidays: [
      { day: "2026-10-01", name: "国庆节" },
      { day: "2026-01-01", name: "元旦" },
      { day: "2026-05-01", name: "劳动节" },
      { day: "2026-02-17", name: "春节" },
    ],
    faults: [],
  });
});

test("what is no day, has no name or contradicts a line before is named by its line", () => {
  const text = `2026-02-30 Nothing\nNew Year\n2026-01-01\n2026-01-02 A\n2026-01-02 B\n2026-01-03 ${"x".repeat(41)}`;
  expect(readHolidayLines(text)).toEqual({
    holidays: [{ day: "2026-01-02", name: "A" }],
    faults: [
      { line: 1, why: "day" },
      { line: 2, why: "day" },
      { line: 3, why: "name" },
      { line: 5, why: "twice" },
      { line: 6, why: "name" },
    ],
  });
});

test("a written calendar is read back as it was", () => {
  const name = fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N} ]{0,30}[\p{L}\p{N}]$/u);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ offset: fc.integer({ min: 0, max: 2_000 }), name }), {
        selector: (one) => one.offset,
      }),
      (days) => {
        const holidays = days.map(({ offset, name }) => ({
          day: addDays("2024-01-01" as Day, offset),
          name,
        }));
        const text = holidays.map((one) => `${one.day} ${one.name}`).join("\n");
        expect(readHolidayLines(text)).toEqual({ holidays, faults: [] });
      },
    ),
  );
});
