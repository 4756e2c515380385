"use client";

import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Info } from "@/components/ui/info";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { MAX_KEPT_REJECTS, type Summary } from "@/lib/importing/console/schema";
import { formatCount, formatInstant } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import { useReasonWords } from "./use-reason-words";
import { importApi, type WizardView } from "./wizard-view";

export interface Tile {
  label: string;
  value: number;
  info?: string;
}

/** Numbers side by side, each with its name. */
export function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  const locale = useLocale();
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
      {tiles.map(({ label, value, info }) => (
        <div key={label}>
          <dt className="flex min-h-6 items-center gap-1 text-[13px] text-ink-2">
            {label}
            {info && <Info label={label}>{info}</Info>}
          </dt>
          <dd className="num text-lg font-semibold">
            <data value={value}>{formatCount(value, locale)}</data>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What a pass over the file came to: events, money, period, refused and skipped rows by reason. */
export function SummaryView({ view, summary }: { view: WizardView; summary: Summary }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const words = useReasonWords(view.record.settings);
  const { events, money, period, newKinds, refusedBy, skippedBy } = summary;
  const amount = (minor: number) => formatMoney(minor, money.currency, locale);
  const at = (iso: string) => formatInstant(new Date(iso), view.timeZone, locale);
  const count = (n: number) => formatCount(n, locale);
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="text-[13px] text-ink-2">
        <p>
          {t("events", {
            total: count(events.total),
            orders: count(events.orders),
            ordered: amount(money.ordered),
            refunds: count(events.refunds),
            refunded: amount(money.refunded),
            others: count(events.others),
          })}
        </p>
        {period && <p>{t("period", { from: at(period.from), to: at(period.to) })}</p>}
        {newKinds.length > 0 && <p>{t("newKinds", { kinds: newKinds.slice(0, 20).join(", ") })}</p>}
      </div>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <Reasons
          title={t("refusedBy")}
          counts={Object.entries(refusedBy).map(([reason, n]) => [words.row(reason), n])}
        />
        <Reasons
          title={t("skippedBy")}
          counts={Object.entries(skippedBy).map(([reason, n]) => [words.skip(reason), n])}
        />
      </div>
      {view.record.rejects > 0 && view.mayImport && (
        <div className="flex flex-wrap items-center gap-3">
          <Button asChild>
            <a href={`${importApi(view.slug, view.record.id)}/rejects`} download>
              <Download aria-hidden size={15} />
              {t("downloadRejects")}
            </a>
          </Button>
          {summary.rows.refused > MAX_KEPT_REJECTS && (
            <span className="text-[13px] text-ink-2">
              {t("rejectsCut", { count: count(MAX_KEPT_REJECTS) })}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function Reasons({ title, counts }: { title: string; counts: readonly (readonly [string, number])[] }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  if (counts.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-[13px] font-semibold">{title}</h3>
      <Table caption={title} frameClassName="max-h-72">
        <thead>
          <tr>
            <ColumnHead>{t("reason")}</ColumnHead>
            <ColumnHead align="right">{t("count")}</ColumnHead>
          </tr>
        </thead>
        <tbody>
          {[...counts]
            .sort((a, b) => b[1] - a[1])
            .map(([reason, n]) => (
              <Row key={reason}>
                <RowHead className="font-normal whitespace-normal">{reason}</RowHead>
                <Cell align="right">{formatCount(n, locale)}</Cell>
              </Row>
            ))}
        </tbody>
      </Table>
    </div>
  );
}
