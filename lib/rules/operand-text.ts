import type { MetricType } from "@/lib/metrics/metric";
import { day } from "@/lib/platform/day";
import { currencyDecimals } from "@/lib/platform/money";
import type { Condition } from "./schema";

type Operator = Condition["op"];

/** How a metric of this type can be compared: labels have no order. */
export const operatorsOf = (type: MetricType): Operator[] =>
  type === "text"
    ? ["eq", "ne", "in", "not_in", "known", "unknown"]
    : ["ge", "gt", "le", "lt", "eq", "ne", "between", "in", "not_in", "known", "unknown"];

/** Whether values of one type can stand where those of another stood. */
export const comparesAlike = (a: MetricType, b: MetricType): boolean => {
  const as = (type: MetricType) => (type === "text" || type === "day" || type === "money" ? type : "number");
  return as(a) === as(b);
};

/** What somebody typed as a value of the type: money is typed in major units and kept in minor ones; null when it is none. */
export function operandFromText(text: string, type: MetricType, currency: string): number | string | null {
  if (type === "text") return text;
  const plain = text.normalize("NFKC").trim();
  if (type === "day") return day.safeParse(plain).data ?? null;
  const match = /^([+-]?)(\d{0,16})(?:\.(\d{0,12}))?$/.exec(plain.replaceAll(/(?<=\d),(?=\d{3})/g, ""));
  if (!match || !/\d/.test(plain)) return null;
  const [, sign, whole = "", fraction = ""] = match;
  if (type !== "money") return Number(`${sign}${whole || "0"}.${fraction || "0"}`) + 0;
  const digits = currencyDecimals(currency);
  if (fraction.length > digits) return null;
  const minor = Number(`${sign}${whole}${fraction.padEnd(digits, "0")}`) + 0;
  return Number.isSafeInteger(minor) ? minor : null;
}

/** A value as one would type it; the reverse of `operandFromText`. */
export function operandToText(value: number | string | null, type: MetricType, currency: string): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (type !== "money") return String(value);
  const digits = currencyDecimals(currency);
  // A rule written elsewhere may hold a part of a minor unit: shown as it is.
  if (!Number.isSafeInteger(value)) return String(value / 10 ** digits);
  const text = String(Math.abs(value)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = digits ? `.${text.slice(-digits)}` : "";
  return `${value < 0 ? "-" : ""}${whole}${fraction.replace(/\.0+$/, "")}`;
}
