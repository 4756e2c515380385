import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "@/components/ui/count";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { rejectionReasons } from "@/lib/intake/rejection";
import { formatInstant, formatRelative } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";
import type { ReasonCount } from "@/lib/sources/quarantine";
import { DiscardButton } from "./discard-button";

/** Refused events by source and reason, with the last week against the one before; each count opens its samples. */
export function ReasonTable({
  slug,
  reasons,
  names,
  timeZone,
  now,
  mayDiscard,
}: {
  slug: string;
  reasons: readonly ReasonCount[];
  /** Names of the sources by number. */
  names: ReadonlyMap<number, string>;
  timeZone: string;
  now: Date;
  mayDiscard: boolean;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  return (
    <Table caption={t("reasons")}>
      <thead>
        <tr>
          <ColumnHead>{t("filterReason")}</ColumnHead>
          <ColumnHead>{t("filterSource")}</ColumnHead>
          <ColumnHead align="right">{t("refused")}</ColumnHead>
          <ColumnHead align="right">{t("week")}</ColumnHead>
          <ColumnHead align="right">{t("weekBefore")}</ColumnHead>
          <ColumnHead>{t("lastSeen")}</ColumnHead>
          {mayDiscard && (
            <ColumnHead>
              <span className="sr-only">{t("discard")}</span>
            </ColumnHead>
          )}
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ sourceId, reason, count, week, weekBefore, lastAt }) => {
          const reasonName = localName(rejectionReasons[reason], locale);
          const sourceName = names.get(sourceId) ?? String(sourceId);
          return (
            <Row key={`${sourceId} ${reason}`}>
              <RowHead>
                <Link
                  href={`/w/${slug}/sources/quarantine?source=${sourceId}&reason=${reason}`}
                  className="text-accent underline underline-offset-2"
                >
                  {reasonName}
                </Link>
              </RowHead>
              <Cell>
                <Link href={`/w/${slug}/sources/${sourceId}`} className="hover:underline">
                  <span lang="und">{sourceName}</span>
                </Link>
              </Cell>
              <Cell align="right">
                <Count value={count} locale={locale} />
              </Cell>
              <Cell align="right">
                <Count value={week} locale={locale} />
              </Cell>
              <Cell align="right">
                <Count value={weekBefore} locale={locale} />
              </Cell>
              <Cell>
                <time title={formatInstant(lastAt, timeZone, locale)}>
                  {formatRelative(lastAt, now, locale)}
                </time>
              </Cell>
              {mayDiscard && (
                <Cell align="right">
                  <DiscardButton
                    slug={slug}
                    source={{ id: sourceId, name: sourceName }}
                    reason={reason}
                    count={count}
                  />
                </Cell>
              )}
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
