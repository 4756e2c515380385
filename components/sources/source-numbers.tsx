import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "@/components/ui/count";
import { formatCount, formatShare, NO_DATA } from "@/lib/platform/i18n/format";
import type { SourceHealth } from "@/lib/sources/health";
import { BarLine } from "./bar-line";
import { Measure } from "./measure";

const sum = (bars: readonly number[]) => bars.reduce((total, bar) => total + bar, 0);

/** What came from a source: rate, what became of it, and how much of it says who and how much. */
export function SourceNumbers({
  slug,
  health,
  refused,
}: {
  slug: string;
  health: SourceHealth;
  refused: number;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const rate = (name: string, bars: readonly number[]) => (
    <Measure name={name} about={t("rateAbout")}>
      <BarLine
        bars={bars}
        label={t("rateLabel", {
          period: name,
          count: formatCount(sum(bars), locale),
          most: formatCount(Math.max(...bars), locale),
        })}
      />
      <span className="text-xs font-normal text-ink-2">
        {t("received", { count: formatCount(sum(bars), locale) })}
      </span>
    </Measure>
  );
  const share = (part: number, whole: number) =>
    formatShare(part, whole, locale) ?? <span title={t("noData")}>{NO_DATA}</span>;
  return (
    <dl className="grid grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-4 lg:grid-cols-7">
      {rate(t("lastDay"), health.lastDay)}
      {rate(t("lastWeek"), health.lastWeek)}
      <Measure name={t("accepted")} about={t("acceptedAbout")}>
        <Count value={health.events} locale={locale} />
      </Measure>
      <Measure name={t("duplicates")} about={t("duplicatesAbout")}>
        <Count value={health.duplicates} locale={locale} />
      </Measure>
      <Measure name={t("refused")} about={t("refusedAbout")}>
        {refused > 0 ? (
          <Link
            href={`/w/${slug}/sources/quarantine?source=${health.source.id}`}
            className="text-accent underline underline-offset-2"
          >
            <Count value={refused} locale={locale} />
          </Link>
        ) : (
          <Count value={0} locale={locale} />
        )}
      </Measure>
      <Measure name={t("known")} about={t("knownAbout")}>
        {share(health.known, health.events)}
      </Measure>
      <Measure name={t("valued")} about={t("valuedAbout")}>
        {share(health.valuedOrders, health.orders)}
      </Measure>
    </dl>
  );
}
