import { describe, expect, it } from "vitest";
import { playwrightCounts, vitestCounts } from "@/scripts/services/counts.mjs";

const passing = { status: "passed", assertionResults: [{}] };

describe("the counts npm test ends with", () => {
  it("takes a skipped test, a todo and a file that did not load for failures", () => {
    const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
    const unloaded = { status: "failed", assertionResults: [] };
    expect(vitestCounts({ ...report, testResults: [passing, unloaded] })).toEqual({ passed: 5, failed: 4 });
  });

  it("counts a clean run as it is", () => {
    const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    expect(vitestCounts({ ...report, testResults: [passing] })).toEqual({ passed: 5, failed: 0 });
  });

  it("takes a flaky or skipped browser test and an error outside tests for failures", () => {
    const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 1 };
    expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 7, failed: 4 });
  });
});
