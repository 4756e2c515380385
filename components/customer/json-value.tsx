"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatCount, NO_DATA } from "@/lib/platform/i18n/format";

/** Any JSON as people read it: texts and numbers as they are, lists and objects folded. */
export function JsonValue({ value }: { value: unknown }) {
  const t = useTranslations("customer");
  const locale = useLocale();
  if (value === null || value === undefined) return <span className="text-ink-3">{NO_DATA}</span>;
  if (typeof value === "boolean") return <>{t(value ? "yes" : "no")}</>;
  if (typeof value !== "object") return <span className="break-words">{String(value)}</span>;
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, i) => [String(i + 1), one])
    : Object.entries(value);
  if (entries.length === 0) return <span className="text-ink-3">{t("nested", { count: "0", n: 0 })}</span>;
  return (
    <details>
      <summary className="w-fit rounded text-ink-2 hover:text-ink">
        {t("nested", { count: formatCount(entries.length, locale), n: entries.length })}
      </summary>
      <JsonEntries entries={entries} />
    </details>
  );
}

/** Keys and values of an object, one a line. */
export const JsonEntries = ({ entries }: { entries: readonly [string, unknown][] }) => (
  <dl className="mt-1 grid gap-1 border-l border-line pl-3">
    {entries.map(([key, inner]) => (
      <div key={key} className="flex flex-wrap gap-x-3">
        <dt className="min-w-24 text-ink-3">{key}</dt>
        <dd className="min-w-0 flex-1 basis-40">
          <JsonValue value={inner} />
        </dd>
      </div>
    ))}
  </dl>
);
