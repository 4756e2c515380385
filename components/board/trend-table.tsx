import { useLocale, useTranslations } from "next-intl";
import type { StageView } from "@/components/stages/stage-view";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import { customersHref } from "./customer-links";
import type { TrendPoint } from "./trend";

/** The trend as numbers, newest day first; every number opens its customers. */
export function TrendTable({
  slug,
  trend,
  stages,
  from,
  to,
}: {
  slug: string;
  trend: readonly TrendPoint[];
  stages: readonly StageView[];
  from: Day;
  to: Day;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const caption = t("trendCaption", { from: formatDay(from, locale), to: formatDay(to, locale) });
  const head = "sticky top-0 bg-surface px-2 py-1.5 text-xs font-medium whitespace-nowrap";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="max-h-80 overflow-auto">
      <table className="w-full text-[13px]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} left-0 z-10 text-left`}>
              {t("day")}
            </th>
            {stages.map((stage) => (
              <th key={stage.key} scope="col" className={`${head} text-right`}>
                {stage.name}
              </th>
            ))}
            <th scope="col" className={`${head} text-right`}>
              {t("total")}
            </th>
          </tr>
        </thead>
        <tbody>
          {trend.toReversed().map(({ day, counts }) => {
            const name = formatDay(day, locale);
            const total = stages.reduce((sum, stage) => sum + (counts[stage.key] ?? 0), 0);
            return (
              <tr key={day}>
                <th
                  scope="row"
                  className="sticky left-0 h-8 border-t border-line bg-surface px-2 text-left font-normal whitespace-nowrap"
                >
                  {name}
                </th>
                {stages.map((stage) => {
                  const customers = counts[stage.key] ?? 0;
                  return (
                    <td key={stage.key} className="num border-t border-line px-2 text-right">
                      <ListLink
                        href={customersHref(slug, { stage: stage.key, asOf: day })}
                        aria-label={t("openDay", {
                          day: name,
                          stage: stage.name,
                          count: formatCount(customers, locale),
                        })}
                        className="inline-block min-h-6 min-w-6 leading-6 hover:underline"
                      >
                        {formatCount(customers, locale)}
                      </ListLink>
                    </td>
                  );
                })}
                <td className="num border-t border-line px-2 text-right text-ink-2">
                  {formatCount(total, locale)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
