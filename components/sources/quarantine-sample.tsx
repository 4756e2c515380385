import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { maskJson, maskText } from "@/lib/customers/mask";
import { rejectionReasons } from "@/lib/intake/rejection";
import { formatInstant } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";
import type { QuarantineSample } from "@/lib/sources/quarantine";

const SHOWN_CHARS = 4_000;

/** The event for people to read: indented, personal data covered, cut off where it is long. */
function readable(raw: string): string {
  try {
    return JSON.stringify(maskJson("", JSON.parse(raw)), null, 2).slice(0, SHOWN_CHARS);
  } catch {
    return maskText("", raw.slice(0, SHOWN_CHARS));
  }
}

/** The line of the text that holds the last name of the path; -1 where it is not there: something is missing. */
function markedLine(lines: readonly string[], path: string | null): number {
  const name = path
    ?.split(".")
    .at(-1)
    ?.replace(/\[\d+\]$/, "");
  return name ? lines.findIndex((line) => line.trimStart().startsWith(`"${name}"`)) : -1;
}

/** A refused event: why, where, what to do, and the text itself with the place marked. */
export function QuarantineSampleView({
  sample,
  sourceName,
  timeZone,
}: {
  sample: QuarantineSample;
  sourceName: string;
  timeZone: string;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const lines = readable(sample.raw).split("\n");
  const marked = markedLine(lines, sample.path);
  return (
    <li
      className="grid min-w-0 gap-2 rounded-card border border-line bg-surface p-4 text-[13px]"
      data-testid="quarantine-sample"
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone="danger">{localName(rejectionReasons[sample.reason], locale)}</Badge>
        <span lang="und">{sourceName}</span>
        <span className="text-ink-2">{formatInstant(sample.receivedAt, timeZone, locale)}</span>
        {!sample.canReplay && <span className="text-amber">{t("noReplay")}</span>}
      </p>
      <dl className="grid gap-x-3 gap-y-1 sm:grid-cols-[auto_1fr]">
        <dt className="text-ink-3">{t("place")}</dt>
        <dd>{sample.path ? <code className="break-all">{sample.path}</code> : t("wholeEvent")}</dd>
        <dt className="text-ink-3">{t("wayOut")}</dt>
        <dd>{t.rich(`help.${sample.reason}`, { code: (words) => <code>{words}</code> })}</dd>
        {sample.detail && (
          <>
            <dt className="text-ink-3">{t("told")}</dt>
            <dd lang="en" className="break-words">
              {maskText("", sample.detail)}
            </dd>
          </>
        )}
      </dl>
      <details>
        <summary className="cursor-pointer text-ink-2">{t("raw")}</summary>
        <pre className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap">
          {lines.map((line, place) =>
            place === marked ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
              <mark key={place} className="block bg-danger-soft text-danger">
                {line}
              </mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
              <span key={place} className="block">
                {line}
              </span>
            ),
          )}
        </pre>
      </details>
    </li>
  );
}
