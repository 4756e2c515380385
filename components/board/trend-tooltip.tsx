import { useLocale, useTranslations } from "next-intl";
import type { StageView } from "@/components/stages/stage-view";
import { formatCount, formatDay, formatDifference, formatShare, NO_DATA } from "@/lib/platform/i18n/format";
import type { TrendPoint } from "./trend";

/** A day of the trend in numbers: customers, share, and the change against the compared day. */
export function TrendTooltip({
  point,
  compared,
  stages,
}: {
  point: TrendPoint;
  /** The day of the compared period that lies over this one. */
  compared: TrendPoint | null;
  stages: readonly StageView[];
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const wholeOf = ({ counts }: TrendPoint) => stages.reduce((sum, { key }) => sum + (counts[key] ?? 0), 0);
  const whole = wholeOf(point);
  const comparable = compared && wholeOf(compared) > 0 ? compared : null;
  return (
    <div className="min-w-48 rounded-card border border-line bg-surface p-2.5 text-xs shadow-lg shadow-black/5">
      <p className="font-medium">{formatDay(point.day, locale)}</p>
      {comparable && <p className="text-ink-3">{t("change", { day: formatDay(comparable.day, locale) })}</p>}
      <table className="mt-1 w-full">
        <tbody>
          {stages.toReversed().map((stage) => {
            const customers = point.counts[stage.key] ?? 0;
            return (
              <tr key={stage.key}>
                <td className="pr-3">
                  <span className="inline-flex items-center gap-1.5">
                    <span className="size-2 rounded-full" style={{ background: stage.color }} />
                    {stage.name}
                  </span>
                </td>
                <td className="num pr-3 text-right">{formatCount(customers, locale)}</td>
                <td className="num pr-3 text-right text-ink-3">
                  {formatShare(customers, whole, locale) ?? NO_DATA}
                </td>
                {comparable && (
                  <td className="num text-right text-ink-2">
                    {formatDifference(customers - (comparable.counts[stage.key] ?? 0), locale)}
                  </td>
                )}
              </tr>
            );
          })}
          <tr>
            <td className="border-t border-line">{t("total")}</td>
            <td className="num border-t border-line pr-3 text-right">{formatCount(whole, locale)}</td>
            <td className="border-t border-line" />
            {comparable && (
              <td className="num border-t border-line text-right">
                {formatDifference(whole - wholeOf(comparable), locale)}
              </td>
            )}
          </tr>
        </tbody>
      </table>
      <p className="mt-1 text-ink-3">{t("clickHint")}</p>
    </div>
  );
}
