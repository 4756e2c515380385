import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { AuditEntry } from "@/lib/audit/schema";
import { formatInstant } from "@/lib/platform/i18n/format";
import { changesOf } from "./changes";

/** Stands for the name until it is marked as one. */
const NAME = "\u2060";

/** What a deed was, in a sentence, and what it changed. */
export function EntryRow({ entry, timeZone }: { entry: AuditEntry; timeZone: string }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const changes = changesOf(entry);
  return (
    <li
      data-testid="audit-entry"
      className="grid min-w-0 gap-1 border-b border-line px-4 py-2.5 text-[13px] last:border-b-0 sm:grid-cols-[11rem_1fr]"
    >
      <p className="num text-ink-3">
        <span title={t("number")}>#{entry.seq}</span>{" "}
        <time dateTime={entry.at.toISOString()}>{formatInstant(entry.at, timeZone, locale)}</time>
      </p>
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span>{sentence(t(`actions.${entry.action}`, { who: NAME }), entry.actor.name)}</span>
          <span lang="und" className="font-medium break-all">
            {entry.target}
          </span>
          {entry.actor.kind !== "member" && (
            <Badge>{t(entry.actor.kind === "key" ? "byKey" : "bySystem")}</Badge>
          )}
        </p>
        {entry.reason && (
          <p className="text-ink-2">
            {t("reason")}: <span lang="und">{entry.reason}</span>
          </p>
        )}
        {changes.length > 0 && (
          <ul className="grid gap-0.5 font-mono text-xs" aria-label={t("change")}>
            {changes.map(({ field, before, after }) => (
              <li key={field} lang="und" className="break-all">
                <span className="text-ink-3">{field}</span>{" "}
                {before !== null && <del className="bg-danger-soft text-danger">{before}</del>}
                {before !== null && after !== null && " → "}
                {after !== null && <ins className="bg-success-soft text-success no-underline">{after}</ins>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** The sentence with the name of the person in it marked as a name. */
function sentence(words: string, name: string) {
  const [start, end] = words.split(NAME);
  return (
    <>
      {start}
      <span lang="und" className="font-medium">
        {name}
      </span>
      {end}
    </>
  );
}
