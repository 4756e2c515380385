import { Decimal } from "decimal.js";
import { currencyDecimals } from "@/lib/platform/money";
import { accepted, type Outcome, rejected } from "./rejection";

/** Enough digits that no product or sum of accepted amounts is rounded before it becomes minor units. */
export const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_EVEN });
export type Exact = Decimal;

/**
 * The largest amount of one event, in minor units: 100 billion of a currency with cents. Far enough below 2^53 that
 * hundreds of the largest amounts still add up to an exact number.
 */
export const MAX_AMOUNT = 10_000_000_000_000;

const MAX_LENGTH = 64;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?$/;

/**
 * The exact decimal behind a number or a plain decimal text ("12.50", "-3", "1e3"). Separators, currency signs, full-width
 * digits, NaN and Infinity are refused: guessing at money is worse than asking.
 */
export function exactDecimal(value: unknown, path: string): Outcome<Decimal> {
  if (typeof value === "number" && !Number.isFinite(value))
    return rejected("bad_amount", path, `${path} is beyond the range of numbers`);
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : null;
  if (text === null)
    return rejected("bad_amount", path, `${path} must be a number or a decimal text like "12.50"`);
  if (text.length > MAX_LENGTH || !PLAIN_NUMBER.test(text))
    return rejected("bad_amount", path, `${path} must be a plain decimal like "12.50", not ${quoted(text)}`);
  return accepted(new Exact(text));
}

/** Major units to integer minor units of the currency; decimals beyond its minor unit round half to even, once. */
export function toMinorUnits(value: Decimal, currency: string, path: string): Outcome<number> {
  const scaled = value.times(new Exact(10).pow(currencyDecimals(currency)));
  if (scaled.abs().greaterThan(MAX_AMOUNT))
    return rejected("amount_out_of_range", path, `${path} is larger than one event may carry`);
  return accepted(scaled.toDecimalPlaces(0).toNumber() + 0); // + 0: no negative zero
}

const quoted = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
