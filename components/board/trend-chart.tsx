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
import { formatCount, formatDay, formatShare, formatShort, NO_DATA } from "@/lib/platform/i18n/format";
import { customersHref } from "./customer-links";
import { type TrendPoint, trendSeries } from "./trend";

/** Customers per stage and day, stacked; the unfinished day is dashed. A point opens the customers of its day. */
export function TrendChart({
  slug,
  trend,
  stages,
  unfinishedDay,
  label,
}: {
  slug: string;
  trend: readonly TrendPoint[];
  stages: readonly StageView[];
  unfinishedDay: Day | null;
  label: string;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const router = useRouter();
  // A stage nobody was in would draw its line on top of its neighbour's.
  const inhabited = stages.filter(({ key }) => trend.some((point) => point.counts[key]));
  const rows = trendSeries(trend, inhabited, unfinishedDay);

  function tooltip({ active, label: day }: TooltipContentProps) {
    const point = trend.find((one) => one.day === day);
    if (!active || !point) return null;
    const whole = stages.reduce((sum, stage) => sum + (point.counts[stage.key] ?? 0), 0);
    return (
      <div className="min-w-48 rounded-card border border-line bg-surface p-2.5 text-xs shadow-lg shadow-black/5">
        <p className="font-medium">{formatDay(point.day, locale)}</p>
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
                  <td className="num text-right text-ink-3">
                    {formatShare(customers, whole, locale) ?? NO_DATA}
                  </td>
                </tr>
              );
            })}
            <tr className="border-t border-line">
              <td>{t("total")}</td>
              <td className="num pr-3 text-right">{formatCount(whole, locale)}</td>
              <td />
            </tr>
          </tbody>
        </table>
        <p className="mt-1 text-ink-3">{t("clickHint")}</p>
      </div>
    );
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
        {unfinishedDay && <li className="text-ink-3">{t("unfinished")}</li>}
      </ul>
    </div>
  );
}
