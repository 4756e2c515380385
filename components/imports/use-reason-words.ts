"use client";

import { useTranslations } from "next-intl";
import type { ImportFault, Settings } from "@/lib/importing/console/schema";
import { conditionInWords } from "@/lib/importing/mapping";

/** Reasons of rows, conditions and files in the reader's words. */
export function useReasonWords(settings: Settings | null) {
  const t = useTranslations("imports");
  const known = (key: string) => t.has(key as never);
  return {
    row: (reason: string): string =>
      known(`rowReasons.${reason}`) ? t(`rowReasons.${reason}` as never) : reason,
    /** A condition that left a row out, by the name the importer counts it under. */
    skip(name: string): string {
      const one = settings?.mapping.skip.find((condition) => conditionInWords(condition) === name);
      if (!one) return name;
      const test =
        "is" in one
          ? t(`tests.${one.is}`)
          : "startsWith" in one
            ? `${t("tests.startsWith")} ${one.startsWith}`
            : `${t("tests.equals")} ${one.equals.join(" / ")}`;
      return t("skippedBecause", { column: one.column, test });
    },
    fault(fault: ImportFault): string {
      const details = Object.fromEntries(
        Object.entries(fault.details).filter((pair): pair is [string, string | number] =>
          ["string", "number"].includes(typeof pair[1]),
        ),
      );
      return known(`faults.${fault.reason}`)
        ? t(`faults.${fault.reason}` as never, { message: fault.message, ...details } as never)
        : t("faults.other", { message: fault.message });
    },
  };
}
