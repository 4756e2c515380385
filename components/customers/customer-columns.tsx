import type { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay, NO_DATA } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locale";
import { formatMoney } from "@/lib/platform/money";
import type { CustomerInStage } from "@/lib/stages/customers-in-stage";

interface Reader {
  locale: Locale;
  currency: string;
  stages: readonly StageView[];
  t: ReturnType<typeof useTranslations<"customers">>;
}

interface Column {
  key: "customer" | "stage" | "since" | "orders" | "revenue" | "lastOrder" | "firstSeen" | "lifetime";
  className: string;
  cell: (row: CustomerInStage, reader: Reader) => ReactNode;
}

const NoData = ({ reason }: { reason: string }) => (
  <span title={reason} className="text-ink-3">
    {NO_DATA}
  </span>
);

const dayCell = (day: Day | null, reason: string, locale: Locale) =>
  day ? <time dateTime={day}>{formatDay(day, locale)}</time> : <NoData reason={reason} />;

/** The columns of the customer list, in order: text at the left, numbers at the right. */
export const columns: readonly Column[] = [
  {
    key: "customer",
    className: "sticky left-0 bg-surface text-left max-w-56 truncate font-medium",
    cell: (row) => <span title={row.displayKey}>{row.displayKey}</span>,
  },
  {
    key: "stage",
    className: "text-left",
    cell: (row, { stages }) => {
      const stage = stages.find((one) => one.key === row.stage);
      return stage ? <StageBadge stage={stage} /> : row.stage;
    },
  },
  {
    key: "since",
    className: "text-right num",
    cell: (row, { locale, t }) => dayCell(row.sinceOn, t("noValue"), locale),
  },
  {
    key: "orders",
    className: "text-right num",
    cell: (row, { locale, t }) =>
      row.orders === null ? <NoData reason={t("noValue")} /> : formatCount(row.orders, locale),
  },
  {
    key: "revenue",
    className: "text-right num",
    cell: (row, { locale, currency, t }) =>
      row.revenue === null ? <NoData reason={t("noValue")} /> : formatMoney(row.revenue, currency, locale),
  },
  {
    key: "lastOrder",
    className: "text-right num",
    cell: (row, { locale, t }) => dayCell(row.lastOrderOn, t("noOrder"), locale),
  },
  {
    key: "firstSeen",
    className: "text-right num",
    cell: (row, { locale, t }) => dayCell(row.firstSeenOn, t("noValue"), locale),
  },
  {
    key: "lifetime",
    className: "text-right num",
    cell: ({ lifetime }, { t }) =>
      lifetime ? (
        t(lifetime.censored ? "lifetimeSoFar" : "lifetimeDays", { days: lifetime.days })
      ) : (
        <NoData reason={t("noValue")} />
      ),
  },
];
