import { expect, test } from "vitest";
import { drift, type Figure, figureLine, isReached, shortNumber, type Target } from "@/scripts/bench/goal";

const figure = (value: number, target: Target): Figure => ({
  id: "G0",
  name: "some goal",
  value,
  unit: "x",
  target,
  detail: "why",
});

test.each<[value: number, target: Target, reached: boolean]>([
  [10, { atLeast: 10 }, true],
  [9.99, { atLeast: 10 }, false],
  [1.5, { atMost: 1.5 }, true],
  [1.51, { atMost: 1.5 }, false],
  [0, { exactly: 0 }, true],
  [1, { exactly: 0 }, false],
  [Number.NaN, { atMost: 1 }, false],
])("%d against %o: reached %s", (value, target, reached) => {
  expect(isReached(figure(value, target))).toBe(reached);
});

test.each<[value: number, target: Target, reference: number | undefined, state: string]>([
  [1.29, { atMost: 1.5 }, 1, "near"],
  [1.31, { atMost: 1.5 }, 1, "worse"],
  [0.69, { atMost: 1.5 }, 1, "better"],
  [0.71, { atMost: 1.5 }, 1, "near"],
  [14, { atLeast: 10 }, 10, "better"],
  [6, { atLeast: 10 }, 10, "worse"],
  [0, { exactly: 0 }, 0, "near"],
  [1, { exactly: 0 }, 0, "worse"],
  [5, { atLeast: 1 }, undefined, "none"],
])("%d with target %o beside %s is %s", (value, target, reference, state) => {
  expect(drift(figure(value, target), reference)).toBe(state);
});

test.each([
  [0, "0"],
  [0.0007, "0.0007"],
  [0.00904, "0.00904"],
  [1.2345, "1.23"],
  [13.12, "13.1"],
  [226.6, "227"],
  [51_337.2, "51337"],
  [Number.POSITIVE_INFINITY, "∞"],
])("%d is written %s", (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

test("a line names the goal, the verdict, and a reference that is far away", () => {
  const line = figureLine(figure(2, { atMost: 1.5 }), 1);
  expect(line).toMatch(
    /^G0\s+some goal\s+2 x\s+≤ 1.5\s+short\s+reference 1 \(worse by more than 30 %\)\s+why$/,
  );
});
