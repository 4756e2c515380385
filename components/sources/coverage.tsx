import { Check, Minus } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Count } from "@/components/ui/count";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { FIRST_CUSTOM_KIND, standardKinds } from "@/lib/intake/kinds";
import { formatInstant, formatRelative } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";
import type { KindActivity } from "@/lib/sources/queries";

/** Which of the twelve standard kinds arrive, what the others are needed for, and the kinds of the sender's own. */
export function Coverage({
  kinds,
  timeZone,
  now,
}: {
  kinds: readonly KindActivity[];
  timeZone: string;
  now: Date;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const ago = (at: Date) => (
    <time title={formatInstant(at, timeZone, locale)}>{formatRelative(at, now, locale)}</time>
  );
  const custom = kinds.filter(({ kind }) => kind >= FIRST_CUSTOM_KIND);
  return (
    <Card title={t("coverage")} hint={t("coverageHint")}>
      <Table caption={t("coverage")}>
        <thead>
          <tr>
            <ColumnHead>{t("kind")}</ColumnHead>
            <ColumnHead align="right">{t("count")}</ColumnHead>
            <ColumnHead>{t("lastEvent")}</ColumnHead>
            <ColumnHead>{t("neededFor")}</ColumnHead>
          </tr>
        </thead>
        <tbody>
          {standardKinds.map((standard) => {
            const found = kinds.find(({ kind }) => kind === standard.id);
            const Icon = found ? Check : Minus;
            return (
              <Row key={standard.key}>
                <RowHead>
                  <span className="flex items-center gap-1.5">
                    <Icon aria-hidden size={14} className={found ? "text-success" : "text-ink-3"} />
                    {localName(standard.names, locale)}
                  </span>
                </RowHead>
                <Cell align="right">
                  <Count value={found?.events ?? 0} locale={locale} />
                </Cell>
                <Cell>{found ? ago(found.lastAt) : t("never")}</Cell>
                <Cell className="text-ink-2">{t(`needs.${standard.key}`)}</Cell>
              </Row>
            );
          })}
        </tbody>
      </Table>
      <h3 className="mt-4 mb-1 text-[13px] font-semibold">{t("custom")}</h3>
      {custom.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t("noCustom")}</p>
      ) : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
          {custom.map(({ kind, key, events }) => (
            <li key={kind}>
              <span lang="und">{key}</span> <Count value={events} locale={locale} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
