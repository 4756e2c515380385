import { useLocale, useTranslations } from "next-intl";
import { Info } from "@/components/ui/info";
import { formatChange, formatCount, NO_DATA } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import type { Arpu } from "@/lib/value/arpu";

/** Average revenue per user of the period, with what it is made of; no number without customers. */
export function ArpuLine({
  value,
  compared,
  currency,
}: {
  value: Arpu;
  /** The compared period's; null when nothing is compared or the period is not over. */
  compared: Arpu | null;
  currency: string;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const revenue = formatMoney(value.revenue, currency, locale);
  const change =
    value.arpu !== null && compared?.arpu ? formatChange(value.arpu, compared.arpu, locale) : null;
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <span className="text-[13px] text-ink-2">{t("arpu")}</span>
      <span className="num text-xl font-semibold" data-testid="arpu">
        {value.arpu === null ? (
          <span title={t("arpuNone")}>{NO_DATA}</span>
        ) : (
          formatMoney(value.arpu, currency, locale)
        )}
      </span>
      {change && compared?.arpu && (
        <span
          className="num text-xs text-ink-2"
          title={t("arpuBefore", { arpu: formatMoney(compared.arpu, currency, locale) })}
        >
          {change}
        </span>
      )}
      <Info label={t("info", { title: t("arpu") })}>
        <p className="text-ink-2">
          {t("arpuInfo", { revenue, count: formatCount(value.customers, locale) })}
        </p>
      </Info>
    </div>
  );
}
