import { useLocale, useTranslations } from "next-intl";
import { customersHref } from "@/components/board/customer-links";
import { Count } from "@/components/ui/count";
import type { DayRange } from "@/lib/platform/http/day-range";
import { formatChange, formatDay, NO_DATA } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import type { Arpu } from "@/lib/value/arpu";
import { Tile, Tiles } from "./tile";

/** Revenue, customers and ARPU of a period beside the one before it. */
export function ValueTiles({
  slug,
  currency,
  range,
  earlier,
  value,
  before,
}: {
  slug: string;
  currency: string;
  range: DayRange;
  /** The period before, as long as this one. */
  earlier: DayRange;
  value: Arpu;
  before: Arpu;
}) {
  const t = useTranslations("home");
  const locale = useLocale();
  const board = `/w/${slug}/board?from=${range.from}&to=${range.to}`;
  const money = (amount: number | null) =>
    amount === null ? <span title={t("noData")}>{NO_DATA}</span> : formatMoney(amount, currency, locale);
  const change = (now: number | null, then: number | null, shown: string) => {
    const relative = now !== null && then !== null ? formatChange(now, then, locale) : null;
    return relative ? t("versus", { change: relative, before: shown }) : t("noBefore");
  };
  const moneyNote = (now: number | null, then: number | null) =>
    change(now, then, then === null ? NO_DATA : formatMoney(then, currency, locale));
  const about = (name: string) => t("about", { name });
  const period = (one: DayRange) =>
    t("period", { from: formatDay(one.from, locale), to: formatDay(one.to, locale) });
  return (
    <Tiles title={t("value")} hint={t("valueHint", { period: period(range), earlier: period(earlier) })}>
      <Tile
        name={t("revenue")}
        about={t("revenueAbout")}
        aboutLabel={about(t("revenue"))}
        href={board}
        note={moneyNote(value.revenue, before.revenue)}
      >
        {money(value.revenue)}
      </Tile>
      <Tile
        name={t("arpu")}
        about={t("arpuAbout")}
        aboutLabel={about(t("arpu"))}
        href={board}
        note={moneyNote(value.arpu, before.arpu)}
      >
        {money(value.arpu)}
      </Tile>
      <Tile
        name={t("customers")}
        about={t("customersAbout")}
        aboutLabel={about(t("customers"))}
        href={customersHref(slug, { asOf: range.to })}
        note={change(value.customers, before.customers, String(before.customers))}
      >
        <Count value={value.customers} locale={locale} />
      </Tile>
    </Tiles>
  );
}
