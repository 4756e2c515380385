import type { Locale } from "@/lib/platform/i18n/locale";

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size in the largest unit it has at least one of: 512 MB. */
export function formatBytes(bytes: number, locale: Locale): string {
  const step = Math.min(units.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1024 ** step);
}
