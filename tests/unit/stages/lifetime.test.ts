import { expect, test } from "vitest";
import type { Day } from "@/lib/platform/day";
import { lifetime } from "@/lib/stages/lifetime";
import { arpuOf } from "@/lib/value/arpu";

const at = { firstSeenOn: "2026-01-01" as Day, sinceOn: "2026-03-01" as Day, asOf: "2026-05-01" as Day };

test("lifetime ends on the day of churn and is censored while the customer lives (R001)", () => {
  expect(lifetime({ ...at, stageEnds: true })).toEqual({ days: 59, censored: false });
  expect(lifetime({ ...at, stageEnds: false })).toEqual({ days: 120, censored: true });
});

test("ARPU is revenue per customer, and no number at all without customers (R003)", () => {
  expect(arpuOf(100, 4)).toBe(25);
  expect(arpuOf(0, 4)).toBe(0);
  expect(arpuOf(0, 0)).toBeNull();
});
