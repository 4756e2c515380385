"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import {
  type ActiveDotProps,
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import type { StageView } from "@/components/stages/stage-view";
import type { Day } from "@/lib/platform/day";
import { formatDay, formatShort } from "@/lib/platform/i18n/format";
import { customersHref } from "./customer-links";
import { type TrendPoint, trendSeries } from "./trend";
import { TrendTooltip } from "./trend-tooltip";

/**
 * Customers per stage and day, stacked; the unfinished day is dashed, the compared period a thin dashed line over each
 * stage. A point opens the customers of its day.
 */
export function TrendChart({
  slug,
  trend,
  compared,
  stages,
  unfinishedDay,
  label,
}: {
  slug: string;
  trend: readonly TrendPoint[];
  /** The compared period, point by point under this one. */
  compared: { from: Day; to: Day; trend: readonly TrendPoint[] } | null;
  stages: readonly StageView[];
  unfinishedDay: Day | null;
  label: string;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const router = useRouter();
  // A stage nobody was in would draw its line on top of its neighbour's.
  const inhabited = stages.filter(({ key }) => trend.some((point) => point.counts[key]));
  const rows = trendSeries(trend, inhabited, unfinishedDay, compared?.trend ?? null);

  function tooltip({ active, label: day }: TooltipContentProps) {
    const at = trend.findIndex((one) => one.day === day);
    const point = trend[at];
    if (!active || !point) return null;
    return <TrendTooltip point={point} compared={compared?.trend[at] ?? null} stages={stages} />;
  }

  const areas = (suffix: "" | "~") =>
    inhabited.map((stage) => (
      <Area
        key={stage.key + suffix}
        dataKey={`${stage.key}${suffix}`}
        stackId={suffix}
        type="linear"
        stroke={`color-mix(in srgb, ${stage.color} 80%, var(--ink))`}
        strokeWidth={1.25}
        strokeDasharray={suffix ? "4 3" : undefined}
        fill={stage.color}
        fillOpacity={suffix ? 0.25 : 0.6}
        isAnimationActive={false}
        dot={false}
        activeDot={({ cx, cy, payload }: ActiveDotProps) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table is the keyboard's way
          <circle
            key={`${stage.key}${suffix}`}
            cx={cx}
            cy={cy}
            r={4}
            fill={stage.color}
            stroke="var(--surface)"
            strokeWidth={1.5}
            className="cursor-pointer"
            onClick={() => router.push(customersHref(slug, { stage: stage.key, asOf: payload.day }))}
          />
        )}
      />
    ));

  const comparedLines = inhabited.map(({ key, color }) => (
    <Area
      key={`${key}=`}
      dataKey={`${key}=`}
      stackId="="
      type="linear"
      stroke={`color-mix(in srgb, ${color} 70%, var(--ink))`}
      strokeWidth={1}
      strokeDasharray="2 3"
      fill="none"
      isAnimationActive={false}
      dot={false}
      activeDot={false}
    />
  ));

  return (
    <div>
      <p className="text-xs text-ink-3">{t("trendUnit")}</p>
      <div role="img" aria-label={label} className="h-72 w-full">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart
            data={rows}
            margin={{ top: 8, right: 20, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="day"
              tickFormatter={(day: Day) => formatDay(day, locale, "short")}
              tick={{ fontSize: 11, fill: "var(--ink-3)" }}
              tickLine={false}
              axisLine={{ stroke: "var(--line)" }}
              minTickGap={32}
            />
            <YAxis
              width={52}
              tickFormatter={(value: number) => formatShort(value, locale)}
              tick={{ fontSize: 11, fill: "var(--ink-3)" }}
              tickLine={false}
              axisLine={false}
              allowDecimals={false}
            />
            <Tooltip content={tooltip} cursor={{ stroke: "var(--line-strong)" }} isAnimationActive={false} />
            {areas("")}
            {unfinishedDay && areas("~")}
            {compared && comparedLines}
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
        {stages.map((stage) => (
          <li key={stage.key} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-sm" style={{ background: stage.color }} />
            {stage.name}
          </li>
        ))}
        {compared && (
          <li className="inline-flex items-center gap-1.5 text-ink-3">
            <span aria-hidden className="w-4 border-t border-dashed border-ink-3" />
            {t("comparedSeries", {
              from: formatDay(compared.from, locale),
              to: formatDay(compared.to, locale),
            })}
          </li>
        )}
        {unfinishedDay && <li className="text-ink-3">{t("unfinished")}</li>}
      </ul>
    </div>
  );
}
