"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { getJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ListLink } from "@/components/ui/list-link";
import { Skeleton } from "@/components/ui/skeleton";
import { listHref } from "@/lib/customers/list-address";
import type { Distribution } from "@/lib/metrics/distribution";
import type { MetricRef, MetricType } from "@/lib/metrics/metric";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay, formatShare } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import type { Rule } from "@/lib/rules/schema";

type State = "loading" | "too_slow" | { failure: string } | { asOf: Day; distribution: Distribution };

/** How a metric's values are spread, as bars beside their numbers; each opens its customers. */
export function DistributionView({
  slug,
  currency,
  metricRef,
  type,
  title,
}: {
  slug: string;
  currency: string;
  metricRef: MetricRef;
  type: MetricType;
  title: string;
}) {
  const t = useTranslations("metrics");
  const locale = useLocale();
  const [state, setState] = useState<State>("loading");
  const search = new URLSearchParams({
    metric: metricRef.metric,
    params: JSON.stringify(metricRef.params ?? {}),
  }).toString();
  const load = useCallback(async () => {
    setState("loading");
    const answer = await getJson(`/api/workspaces/${slug}/metrics/distribution?${search}`);
    if (!answer.ok) return setState({ failure: answer.message });
    const body = answer.body as { asOf: Day; distribution: Distribution | null };
    setState(body.distribution ? { asOf: body.asOf, distribution: body.distribution } : "too_slow");
  }, [slug, search]);
  useEffect(() => void load(), [load]);

  if (state === "loading")
    return (
      <div aria-busy="true">
        <span role="status" className="sr-only">
          {t("loading")}
        </span>
        <Skeleton className="h-64" />
      </div>
    );
  if (state === "too_slow") return <Banner tone="warning">{t("tooSlow")}</Banner>;
  if ("failure" in state)
    return (
      <Banner tone="error" action={<Button onClick={load}>{t("retry")}</Button>}>
        {t("failed", { message: state.failure })}
      </Banner>
    );

  const { asOf, distribution } = state;
  const shown = (value: number | string): string => {
    if (typeof value === "string") return type === "day" ? formatDay(value as Day, locale) : value;
    if (type === "money") return formatMoney(value, currency, locale);
    return formatCount(Math.round(value * 100) / 100, locale);
  };
  const customersOf = (rule: Rule) => listHref(slug, { rule });
  const { bars, labels, range, known, customers } = distribution;
  const rows = [
    ...bars.map((bar, i): { text: string; customers: number; rule: Rule } => {
      const next = bars[i + 1];
      return next
        ? {
            text: t("barBetween", { from: shown(bar.from), to: shown(next.from) }),
            customers: bar.customers,
            rule: { ...metricRef, op: "between", value: [bar.from, next.from] },
          }
        : {
            text: t("barFrom", { from: shown(bar.from) }),
            customers: bar.customers,
            rule: { ...metricRef, op: "ge", value: bar.from },
          };
    }),
    ...labels.map((label): { text: string; customers: number; rule: Rule } => ({
      text: label.value,
      customers: label.customers,
      rule: { ...metricRef, op: "eq", value: label.value },
    })),
  ];
  const most = Math.max(1, ...rows.map((row) => row.customers));
  return (
    <div className="grid gap-3" data-testid="distribution">
      <p className="text-[13px] text-ink-2">
        {t("asOf", { day: formatDay(asOf, locale) })} · {t("coverage")}{" "}
        <data value={known} className="num font-medium text-ink">
          {t("coverageOf", {
            share: formatShare(known, customers, locale) ?? "—",
            known: formatCount(known, locale),
            customers: formatCount(customers, locale),
          })}
        </data>
      </p>
      {range && (
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-[13px]">
          {(["least", "median", "greatest"] as const).map((key) => (
            <div key={key} className="flex gap-1.5">
              <dt className="text-ink-3">{t(key)}</dt>
              <dd className="num font-medium">{shown(range[key])}</dd>
            </div>
          ))}
        </dl>
      )}
      {rows.length === 0 ? (
        <p className="text-[13px] text-ink-3">{t("noValues")}</p>
      ) : (
        <table className="w-full border-separate border-spacing-0 text-[13px]">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="text-xs text-ink-3">
              <th scope="col" className="pr-3 text-left font-medium">
                {t("value")}
              </th>
              <th scope="col" colSpan={2} className="text-right font-medium">
                {t("customers")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.text}>
                <th scope="row" className="max-w-52 truncate py-0.5 pr-3 text-left font-normal">
                  {row.text}
                </th>
                <td aria-hidden className="w-full min-w-16">
                  <div
                    className="h-4 rounded-sm bg-accent"
                    style={{ width: `${(100 * row.customers) / most}%` }}
                  />
                </td>
                <td className="num pl-3 text-right">
                  <ListLink
                    href={customersOf(row.rule)}
                    title={t("open")}
                    className="inline-block min-h-6 hover:underline"
                  >
                    {formatCount(row.customers, locale)}
                  </ListLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
