import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeSilence } from "@/lib/sources/silence";

const HOUR = 3_600_000;
const start = Date.UTC(2026, 5, 1);
const hours = (offsets: readonly number[]) => offsets.map((n) => new Date(start + n * HOUR));
const every = (gap: number, count: number) => hours(Array.from({ length: count }, (_, n) => n * gap));

const judge = (activeHours: Date[], silentHours: number) => {
  const lastAt = activeHours.at(-1) ?? null;
  return judgeSilence({
    activeHours,
    lastAt,
    now: new Date((lastAt?.getTime() ?? start) + silentHours * HOUR),
  });
};

test("a source of every hour is silent after six hours, not before", () => {
  expect(judge(every(1, 40), 6)).toEqual({ usualGapHours: 1, isSilent: false });
  expect(judge(every(1, 40), 6.01)).toEqual({ usualGapHours: 1, isSilent: true });
});

test("a source that sleeps every night is not silent in the morning", () => {
  const awake = Array.from({ length: 14 }, (_, d) =>
    Array.from({ length: 12 }, (_, h) => d * 24 + 8 + h),
  ).flat();
  expect(judge(hours(awake), 13)).toEqual({ usualGapHours: 13, isSilent: false });
});

test("a source that was never regular is never silent", () => {
  for (const count of [0, 1, 5, 20]) expect(judge(every(3, count), 10_000).isSilent).toBe(false);
  expect(judge(every(3, 21), 10_000).isSilent).toBe(true);
});

test("longer silence never ends a silence, and 95 of 100 gaps are no longer than the usual one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 20, maxLength: 80 }),
      fc.nat(400),
      (gaps, wait) => {
        let at = 0;
        const active = hours([0, ...gaps.map((gap) => (at += gap))]);
        const now = judge(active, wait);
        if (now.isSilent) expect(judge(active, wait + 1).isSilent).toBe(true);
        const within = gaps.filter((gap) => gap <= now.usualGapHours!).length;
        expect(within / gaps.length).toBeGreaterThanOrEqual(0.95);
        expect(gaps).toContain(now.usualGapHours);
      },
    ),
  );
});
