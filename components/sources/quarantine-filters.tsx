"use client";

import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type RejectionReason, rejectionReasons } from "@/lib/intake/rejection";
import { localName } from "@/lib/platform/i18n/locale";

const PERIODS = [1, 7, 30, 90];

/** Source, reason and period of the quarantine, kept in the URL. */
export function QuarantineFilters({ sources }: { sources: readonly { id: number; name: string }[] }) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const [chosen, choose] = useQueryStates(
    { source: parseAsString, reason: parseAsString, days: parseAsString },
    { shallow: false, history: "push" },
  );
  const reasons = Object.keys(rejectionReasons) as RejectionReason[];
  const lists = [
    ["source", "filterSource", "anySource", sources.map(({ id, name }) => [String(id), name])],
    [
      "reason",
      "filterReason",
      "anyReason",
      reasons.map((reason) => [reason, localName(rejectionReasons[reason], locale)]),
    ],
    ["days", "filterDays", "anyTime", PERIODS.map((days) => [String(days), t("lastDays", { days })])],
  ] as const;
  return (
    <div className="grid grid-cols-1 gap-3 sm:max-w-2xl sm:grid-cols-3">
      {lists.map(([key, label, any, options]) => (
        <Field key={key} label={t(label)}>
          <Select
            value={chosen[key] ?? ""}
            onChange={(event) => void choose({ [key]: event.target.value || null })}
          >
            <option value="">{t(any)}</option>
            {options.map(([value, name]) => (
              <option key={value} value={value} lang={key === "source" ? "und" : undefined}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ))}
    </div>
  );
}
