import type { Day } from "@/lib/platform/day";
import type { Locale } from "./locale";

/** What stands where there is no value: never 0, never NaN. */
export const NO_DATA = "—";

const numbers = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let found = numbers.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    numbers.set(key, found);
  }
  return found;
}

/** A whole number with separators: 12,345. */
export const formatCount = (value: number, locale: Locale): string => numberFormat(locale, {}).format(value);

/** Exact below 10,000, then 1.2万 or 12.3K: for tiles and axes, whose exact value is shown on hover. */
export function formatShort(value: number, locale: Locale): string {
  if (Math.abs(value) < 10_000) return formatCount(value, locale);
  return numberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** Share of a whole in percent with one decimal; null when the whole is nothing. */
export const formatShare = (part: number, whole: number, locale: Locale): string | null =>
  whole > 0
    ? numberFormat(locale, {
        style: "percent",
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }).format(part / whole)
    : null;

/** A signed whole number: +12, −3, 0. */
export const formatDifference = (value: number, locale: Locale): string =>
  numberFormat(locale, { signDisplay: "exceptZero" }).format(value);

/** Relative change with sign and one decimal; null when there was nothing before to compare with. */
export const formatChange = (now: number, before: number, locale: Locale): string | null =>
  before > 0
    ? numberFormat(locale, {
        style: "percent",
        signDisplay: "exceptZero",
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }).format((now - before) / before)
    : null;

const dates = new Map<string, Intl.DateTimeFormat>();

/** A calendar day in words: 2011年12月9日, Dec 9, 2011. Days have no zone, so nothing shifts. */
export function formatDay(day: Day, locale: Locale, style: "full" | "short" = "full"): string {
  const key = locale + style;
  let format = dates.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone: "UTC",
      year: style === "full" ? "numeric" : undefined,
      month: style === "full" && locale === "zh-CN" ? "long" : "short",
      day: "numeric",
    });
    dates.set(key, format);
  }
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** An instant in a zone, to the minute: 2011年12月9日 14:05, Dec 9, 2011, 14:05; "time" leaves the day out and adds seconds. */
export function formatInstant(
  instant: Date,
  timeZone: string,
  locale: Locale,
  style: "full" | "time" = "full",
): string {
  const key = locale + style + timeZone;
  let format = dates.get(key);
  if (!format) {
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const day = { year: "numeric", month: locale === "zh-CN" ? "long" : "short", day: "numeric" } as const;
    format = new Intl.DateTimeFormat(locale, {
      timeZone,
      ...time,
      ...(style === "full" ? day : ({ second: "2-digit" } as const)),
    });
    dates.set(key, format);
  }
  return format.format(instant);
}

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const justNow: Record<Locale, string> = { "zh-CN": "刚刚", en: "just now" };

/** How long ago, or ahead, in the largest whole unit: 3 minutes ago, 昨天; within a minute it is "just now". */
export function formatRelative(instant: Date, now: Date, locale: Locale): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return justNow[locale];
}
