import { day } from "@/lib/platform/day";
import type { Holiday } from "./settings-schema";

/** Why a line is no holiday. */
export type LineFault = "day" | "name" | "twice";

const line = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,，:：]*(.*)$/;

/**
 * Reads pasted lines "2026-10-01 国庆节", one day each; empty lines are skipped. Days may be written with -, /, . or 年月日. A day
 * that stands there twice with two names is a fault of the second.
 */
export function readHolidayLines(text: string): {
  holidays: Holiday[];
  faults: { line: number; why: LineFault }[];
} {
  const found = new Map<string, Holiday>();
  const faults: { line: number; why: LineFault }[] = [];
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === "") continue;
    const parts = line.exec(trimmed);
    const date = day.safeParse(
      parts && `${parts[1]}-${parts[2]!.padStart(2, "0")}-${parts[3]!.padStart(2, "0")}`,
    );
    const name = parts?.[4]?.trim() ?? "";
    const why = !date.success ? "day" : name === "" || name.length > 40 ? "name" : null;
    if (why || !date.success) faults.push({ line: i + 1, why: why ?? "day" });
    else if (found.has(date.data) && found.get(date.data)?.name !== name)
      faults.push({ line: i + 1, why: "twice" });
    else found.set(date.data, { day: date.data, name });
  }
  return { holidays: [...found.values()], faults };
}
