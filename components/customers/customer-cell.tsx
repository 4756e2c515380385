import { useLocale, useTranslations } from "next-intl";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import type { ColumnView } from "@/lib/customers/list-columns";
import type { ListedCustomer } from "@/lib/customers/list-schema";
import type { Tag } from "@/lib/customers/tags-schema";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay, NO_DATA } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import { TagChip } from "./tag-chip";

/** Numbers and days stand at the right, words at the left. */
export const columnAlign = ({ type }: ColumnView): "left" | "right" =>
  ["customer", "stage", "tags", "text"].includes(type) ? "left" : "right";

const NoData = ({ reason }: { reason: string }) => (
  <span title={reason} className="text-ink-3">
    {NO_DATA}
  </span>
);

/** What a column shows of a customer; a missing value is a dash that says why. */
export function CustomerCell({
  row,
  column,
  stages,
  tags,
  currency,
}: {
  row: ListedCustomer;
  column: ColumnView;
  stages: readonly StageView[];
  tags: readonly Tag[];
  currency: string;
}) {
  const t = useTranslations("customers");
  const locale = useLocale();
  const dayOf = (day: Day) => <time dateTime={day}>{formatDay(day, locale)}</time>;
  switch (column.type) {
    case "customer":
      return row.displayKey;
    case "stage": {
      const stage = stages.find((one) => one.key === row.stage);
      return stage ? <StageBadge stage={stage} /> : row.stage;
    }
    case "since":
      return dayOf(row.sinceOn);
    case "lifetime":
      if (!row.lifetime) return <NoData reason={t("noValue")} />;
      return t(row.lifetime.censored ? "lifetimeSoFar" : "lifetimeDays", { days: row.lifetime.days });
    case "tags": {
      const carried = tags.filter((tag) => row.tags.includes(tag.id));
      return (
        <span className="flex gap-1">
          {carried.map((tag) => (
            <TagChip key={tag.id} tag={tag} />
          ))}
        </span>
      );
    }
  }
  const value = row.values[column.key] ?? null;
  if (value === null) return <NoData reason={t(column.key.endsWith("order_on") ? "noOrder" : "noValue")} />;
  if (column.type === "day") return dayOf(value as Day);
  if (typeof value === "string") return value;
  if (column.type === "money") return formatMoney(value, currency, locale);
  return Number.isInteger(value)
    ? formatCount(value, locale)
    : formatCount(Math.round(value * 100) / 100, locale);
}
