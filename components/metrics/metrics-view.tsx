"use client";

import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Info } from "@/components/ui/info";
import { Input } from "@/components/ui/input";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import type { CatalogueEntry } from "@/lib/metrics/catalogue-entries";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay, formatShare, NO_DATA } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";
import { MetricSheet } from "./metric-sheet";

export interface Coverage {
  customers: number;
  known: Record<string, number>;
}

const isMeant = (entry: CatalogueEntry, text: string): boolean => {
  const { name, definition } = entry;
  const hay = [entry.key, name.zh, name.en, definition.zh, definition.en].join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
};

/** The catalogue as a table one searches; a metric opens at the right. Search and opened metric stand in the address. */
export function MetricsView({
  slug,
  currency,
  timeZone,
  entries,
  coverage,
  traitKeys,
  settledOn,
  recomputedAt,
}: {
  slug: string;
  currency: string;
  timeZone: string;
  entries: readonly CatalogueEntry[];
  coverage: Coverage;
  traitKeys: readonly string[];
  settledOn: Day | null;
  recomputedAt: Date | null;
}) {
  const t = useTranslations("metrics");
  const locale = useLocale();
  const [wanted, setWanted] = useQueryState("q", parseAsString.withDefault(""));
  const [opened, setOpened] = useQueryState("metric", parseAsString);
  const found = entries.filter((entry) => isMeant(entry, wanted.trim()));
  const open = entries.find((entry) => entry.key === opened);
  const when = recomputedAt
    ? new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(
        recomputedAt,
      )
    : null;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-[13px] text-ink-3">
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("searchHint")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value || null)}
          className="w-72"
        />
        <span role="status" data-testid="metrics-count" className="num">
          {t("count", { shown: found.length, total: entries.length })}
        </span>
        <span>
          {settledOn === null ? t("never") : t("asOf", { day: formatDay(settledOn, locale) })}
          {when && <> · {t("refreshed", { when })}</>}
        </span>
      </div>
      {found.length === 0 ? (
        <EmptyState reason="no-match" title={t("noMatchTitle")} text={t("noMatchText")}>
          <Button onClick={() => setWanted(null)}>{t("clear")}</Button>
        </EmptyState>
      ) : (
        <div className="overflow-hidden rounded-card border border-line bg-surface">
          <Table caption={t("title")}>
            <thead>
              <tr>
                <ColumnHead>{t("metric")}</ColumnHead>
                <ColumnHead>{t("definition")}</ColumnHead>
                <ColumnHead>{t("unit")}</ColumnHead>
                <ColumnHead>{t("freshness")}</ColumnHead>
                <ColumnHead>
                  <span className="inline-flex items-center">
                    {t("moves")}
                    <Info label={t("moves")}>{t("movesHint")}</Info>
                  </span>
                </ColumnHead>
                <ColumnHead align="right">
                  <span className="inline-flex items-center">
                    {t("coverage")}
                    <Info label={t("coverage")}>{t("coverageHint")}</Info>
                  </span>
                </ColumnHead>
              </tr>
            </thead>
            <tbody>
              {found.map((entry) => (
                <Row key={entry.key} data-testid="metric-row">
                  <RowHead className="py-1.5 align-top whitespace-normal">
                    <button
                      type="button"
                      aria-label={t("details", { metric: localName(entry.name, locale) })}
                      onClick={() => setOpened(entry.key, { history: "push" })}
                      className="-mx-1 min-h-6 rounded px-1 text-left hover:text-accent hover:underline"
                    >
                      {localName(entry.name, locale)}
                    </button>
                    <code className="block text-xs font-normal text-ink-3">{entry.key}</code>
                  </RowHead>
                  <Cell className="min-w-64 py-1.5 align-top whitespace-normal text-ink-2">
                    {localName(entry.definition, locale)}
                  </Cell>
                  <Cell className="py-1.5 align-top">{t(`type.${entry.type}`, { currency })}</Cell>
                  <Cell className="py-1.5 align-top">
                    <Badge>{t(entry.variants.some((one) => one.stored) ? "stored" : "computed")}</Badge>
                  </Cell>
                  <Cell className="py-1.5 align-top">{t(entry.movesWithTime ? "movesYes" : "movesNo")}</Cell>
                  <Cell align="right" className="py-1.5 align-top">
                    <CoverageOf entry={entry} coverage={coverage} />
                  </Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      <MetricSheet
        slug={slug}
        currency={currency}
        entry={open}
        traitKeys={traitKeys}
        onClose={() => setOpened(null)}
      />
    </>
  );
}

/** Share of customers with a value, of the metric's first stored shape. */
function CoverageOf({ entry, coverage }: { entry: CatalogueEntry; coverage: Coverage }) {
  const t = useTranslations("metrics");
  const locale = useLocale();
  const known = coverage.known[entry.variants.find((one) => one.column)?.column ?? entry.key];
  const share = known === undefined ? null : formatShare(known, coverage.customers, locale);
  if (known === undefined || share === null)
    return (
      <span title={t("computed")} className="text-ink-3">
        {NO_DATA}
      </span>
    );
  const exact = t("coverageOf", {
    share,
    known: formatCount(known, locale),
    customers: formatCount(coverage.customers, locale),
  });
  return (
    <data value={known} title={exact} className="num">
      {share}
    </data>
  );
}
