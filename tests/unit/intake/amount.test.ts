import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactDecimal, MAX_AMOUNT, toMinorUnits } from "@/lib/intake/amount";
import { currencyDecimals } from "@/lib/platform/money";

const minor = (value: unknown, currency = "GBP") => {
  const exact = exactDecimal(value, "amount");
  const outcome = exact.ok ? toMinorUnits(exact.value, currency, "amount") : exact;
  return outcome.ok ? outcome.value : outcome.rejection.reason;
};

describe("amounts as minor units", () => {
  const cases: [unknown, string, number | string][] = [
    [12.5, "GBP", 1250],
    ["12.50", "GBP", 1250],
    ["+12.50", "GBP", 1250],
    [" 12.50 ", "GBP", 1250],
    [0.1 + 0.2, "GBP", 30],
    [1.005, "GBP", 100],
    ["1.015", "GBP", 102],
    ["1.025", "GBP", 102],
    ["-1.015", "GBP", -102],
    ["1.0150000000000000000000000000000000000001", "GBP", 102],
    ["1.0249999999999999999999999999999999999999", "GBP", 102],
    ["1.0250000000000000000000000000000000000001", "GBP", 103],
    ["0.001", "GBP", 0],
    ["-0.001", "GBP", 0],
    [-0, "GBP", 0],
    ["1e3", "GBP", 100_000],
    ["1e-20", "GBP", 0],
    ["1e-9999", "GBP", 0],
    [1250, "JPY", 1250],
    ["1250.5", "JPY", 1250],
    ["1251.5", "JPY", 1252],
    ["12.345", "KWD", 12_345],
    ["12.3456", "KWD", 12_346],
    ["100000000000", "CNY", MAX_AMOUNT],
    ["100000000000.01", "CNY", "amount_out_of_range"],
    [2 ** 53 + 1, "CNY", "amount_out_of_range"],
    [1e308, "CNY", "amount_out_of_range"],
    ["1e400", "CNY", "amount_out_of_range"],
    ["-1e9999", "CNY", "amount_out_of_range"],
    ["1e99999", "CNY", "bad_amount"],
    [Number.NaN, "CNY", "bad_amount"],
    [Number.POSITIVE_INFINITY, "CNY", "bad_amount"],
    ["NaN", "CNY", "bad_amount"],
    ["Infinity", "CNY", "bad_amount"],
    ["12,50", "CNY", "bad_amount"],
    ["1,250.00", "CNY", "bad_amount"],
    ["￥12", "CNY", "bad_amount"],
    ["¥12", "CNY", "bad_amount"],
    ["12 50", "CNY", "bad_amount"],
    ["１２.５０", "CNY", "bad_amount"],
    ["0x10", "CNY", "bad_amount"],
    [".5", "CNY", "bad_amount"],
    ["5.", "CNY", "bad_amount"],
    ["--5", "CNY", "bad_amount"],
    ["9".repeat(65), "CNY", "bad_amount"],
    ["", "CNY", "bad_amount"],
    [null, "CNY", "bad_amount"],
    [true, "CNY", "bad_amount"],
    [[12], "CNY", "bad_amount"],
    [{ valueOf: 12 }, "CNY", "bad_amount"],
  ];
  it.each(cases)("%j %s → %s", (value, currency, expected) => expect(minor(value, currency)).toBe(expected));

  it("knows the decimals of a currency, and takes two for a code nobody knows", () => {
    expect(["CNY", "JPY", "KWD", "CLF", "ZZZ"].map(currencyDecimals)).toEqual([2, 0, 3, 4, 2]);
  });

  it("gives back every whole number of minor units, exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: -MAX_AMOUNT, max: MAX_AMOUNT }), (units) => {
        const sign = units < 0 ? "-" : "";
        const digits = String(Math.abs(units)).padStart(3, "0");
        expect(minor(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`)).toBe(units + 0 || 0);
      }),
    );
  });

  it("is a safe whole number or a reason, whatever is sent", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.string(), fc.anything()),
        fc.constantFrom("CNY", "JPY", "KWD"),
        (value, currency) => {
          const result = minor(value, currency);
          if (typeof result === "number") expect(Number.isSafeInteger(result)).toBe(true);
          else expect(["bad_amount", "amount_out_of_range"]).toContain(result);
        },
      ),
    );
  });
});
