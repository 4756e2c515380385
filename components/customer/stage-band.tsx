"use client";

import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { type MouseEvent, useTransition } from "react";
import { StageIcon } from "@/components/stages/stage-icon";
import type { StageView } from "@/components/stages/stage-view";
import { addDays, type Day, daysBetween } from "@/lib/platform/day";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import type { StageSpan } from "@/lib/stages/history";

/** The stages a customer has been through as one band over time; a click on a day shows the page as of it. */
export function StageBand({
  spans,
  stages,
  asOf,
  today,
}: {
  spans: readonly StageSpan[];
  stages: readonly StageView[];
  asOf: Day;
  today: Day;
}) {
  const t = useTranslations("customer");
  const locale = useLocale();
  const [pending, startTransition] = useTransition();
  const [, setDay] = useQueryState(
    "asOf",
    parseAsString.withOptions({ shallow: false, history: "push", scroll: false, startTransition }),
  );
  const first = spans[0]?.from;
  if (!first) return null;
  const whole = daysBetween(first, today) + 1;
  const at = (daysBetween(first, asOf) + 0.5) / whole;

  // A key press has no place within the part: it opens its first day.
  function open(event: MouseEvent<HTMLButtonElement>, span: StageSpan) {
    const box = event.currentTarget.getBoundingClientRect();
    const share = event.detail === 0 ? 0 : (event.clientX - box.left) / box.width;
    const day = addDays(span.from, Math.min(span.days - 1, Math.floor(share * span.days)));
    setDay(day >= today ? null : day);
  }

  return (
    <div aria-busy={pending} className="grid gap-1">
      <div className="relative pt-2">
        <ol aria-label={t("history")} className="flex h-11 overflow-hidden rounded-md">
          {spans.map((span) => {
            const stage = stages.find((one) => one.key === span.stage);
            const name = stage?.name ?? span.stage;
            const days = t("days", { days: formatCount(span.days, locale), n: span.days });
            const label = span.to
              ? t("bandDay", {
                  stage: name,
                  from: formatDay(span.from, locale),
                  to: formatDay(addDays(span.to, -1), locale),
                  days,
                })
              : t("bandUntil", { stage: name, from: formatDay(span.from, locale), days });
            return (
              <li key={span.from} className="min-w-0.5" style={{ flexGrow: span.days, flexBasis: 0 }}>
                <button
                  type="button"
                  data-testid="stage-span"
                  data-stage={span.stage}
                  aria-label={t("openDay", { label })}
                  title={label}
                  onClick={(event) => open(event, span)}
                  className="@container block h-full w-full border-t-4 px-1 text-left text-xs -outline-offset-2 hover:brightness-105"
                  style={{
                    borderColor: stage?.color,
                    background: `color-mix(in srgb, ${stage?.color ?? "gray"} 24%, var(--surface))`,
                  }}
                >
                  <span className="hidden items-center gap-1 @min-[1.5rem]:flex">
                    {stage && <StageIcon icon={stage.icon} color={stage.color} size={13} />}
                    <span className="hidden truncate @min-[4.5rem]:inline">{name}</span>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
        <span
          role="img"
          aria-label={t("marker", { day: formatDay(asOf, locale) })}
          title={t("marker", { day: formatDay(asOf, locale) })}
          className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: `${Math.min(1, Math.max(0, at)) * 100}%` }}
        />
      </div>
      <div aria-hidden className="num flex justify-between text-xs text-ink-3">
        <span>{formatDay(first, locale)}</span>
        <span>{formatDay(today, locale)}</span>
      </div>
    </div>
  );
}
