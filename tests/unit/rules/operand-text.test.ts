import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MetricType, metricTypes } from "@/lib/metrics/metric";
import { checkRule } from "@/lib/rules/check";
import { operandFromText, operandToText, operatorsOf } from "@/lib/rules/operand-text";
import type { Condition } from "@/lib/rules/schema";

const minor = fc.maxSafeInteger();

test.each(["CNY", "JPY", "KWD"])("an amount of %s written out reads back to the minor unit", (currency) => {
  fc.assert(
    fc.property(minor, (amount) => {
      expect(operandFromText(operandToText(amount, "money", currency), "money", currency)).toBe(amount + 0);
    }),
  );
});

test("numbers written out read back", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.integer(),
        fc.integer().map((n) => n / 100),
      ),
      (value) => {
        expect(operandFromText(operandToText(value, "number", "CNY"), "number", "CNY")).toBe(value + 0);
      },
    ),
  );
});

test("no text breaks it, and what it gives is a value of the type", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...metricTypes), (text, type) => {
      const value = operandFromText(text, type, "CNY");
      if (value === null) return;
      expect(typeof value).toBe(type === "text" || type === "day" ? "string" : "number");
      if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe("operandFromText", () => {
  test.each<[string, MetricType, number | string | null]>([
    ["500", "money", 50_000],
    ["1,234.5", "money", 123_450],
    ["１２．３", "money", 1_230],
    ["-0.05", "money", -5],
    ["0.005", "money", null],
    [".5", "number", 0.5],
    ["-0.6", "number", -0.6],
    ["", "number", null],
    [".", "number", null],
    ["1e3", "number", null],
    ["三", "count", null],
    ["2026-02-28", "day", "2026-02-28"],
    ["2026-02-30", "day", null],
    ["", "text", ""],
    [" 上海 ", "text", " 上海 "],
  ])("%j as %s is %j", (text, type, value) => {
    expect(operandFromText(text, type, "CNY")).toBe(value);
  });
});

test("every comparison offered for a type is one the rules allow", () => {
  const metricOf: Record<MetricType, string> = {
    count: "orders",
    number: "gap_ratio",
    money: "revenue",
    days: "tenure",
    day: "last_order_on",
    text: "acquisition_channel",
  };
  for (const type of metricTypes) {
    const value = type === "text" ? "ads" : type === "day" ? "2026-02-01" : 3;
    for (const op of operatorsOf(type)) {
      const operand = {
        between: [value, value],
        in: [value],
        not_in: [value],
        known: undefined,
        unknown: undefined,
      };
      const condition = { metric: metricOf[type], op, value: op in operand ? operand[op as "in"] : value };
      expect(() => checkRule(JSON.parse(JSON.stringify(condition)) as Condition)).not.toThrow();
    }
  }
});
