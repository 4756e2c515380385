"use client";

import { CalendarRange, LoaderCircle } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Popover, PopoverClose } from "@/components/ui/popover";
import type { Day } from "@/lib/platform/day";
import { type DayRange, presetOf, presetRange, rangePresets } from "@/lib/platform/http/day-range";
import { formatDay } from "@/lib/platform/i18n/format";

/** The period of the page, kept in the URL as two days. */
export function RangePicker({
  range,
  today,
  firstDay,
  timeZone,
}: {
  range: DayRange;
  today: Day;
  firstDay: Day | null;
  timeZone: string;
}) {
  const t = useTranslations("range");
  const locale = useLocale();
  const [pending, startTransition] = useTransition();
  const [, setParams] = useQueryStates(
    { from: parseAsString, to: parseAsString },
    { shallow: false, history: "push", startTransition },
  );
  const preset = presetOf(range, today, firstDay);
  const words = `${formatDay(range.from, locale)} – ${formatDay(range.to, locale)}`;
  return (
    <div className="flex flex-wrap items-center gap-2" aria-busy={pending}>
      <span role="status" className="sr-only">
        {pending && t("loading")}
      </span>
      <fieldset className="flex max-w-full overflow-x-auto rounded-md border border-line bg-surface p-0.5">
        <legend className="sr-only">{t("label")}</legend>
        {rangePresets.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={preset === one}
            onClick={() => setParams(presetRange(one, today, firstDay))}
            className={classNames(
              "h-7 shrink-0 rounded px-2 text-xs whitespace-nowrap",
              preset === one ? "bg-accent-soft font-medium text-accent" : "text-ink-2 hover:bg-sunken",
            )}
          >
            {t(one)}
          </button>
        ))}
      </fieldset>
      <Popover
        label={t("label")}
        trigger={
          <button
            type="button"
            aria-label={`${t("label")}: ${words} · ${timeZone}`}
            className="flex min-h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-[13px] hover:bg-sunken"
          >
            {pending ? (
              <LoaderCircle aria-hidden size={15} className="text-ink-3 motion-safe:animate-spin" />
            ) : (
              <CalendarRange aria-hidden size={15} className="text-ink-3" />
            )}
            <span className="num">{words}</span>
          </button>
        }
      >
        <CustomRange
          key={`${range.from}${range.to}`}
          range={range}
          today={today}
          onApply={(next) => setParams(next)}
        />
      </Popover>
    </div>
  );
}

function CustomRange({
  range,
  today,
  onApply,
}: {
  range: DayRange;
  today: Day;
  onApply: (range: { from: string; to: string }) => void;
}) {
  const t = useTranslations("range");
  const locale = useLocale();
  const [{ from, to }, setDraft] = useState<{ from: string; to: string }>(range);
  const valid = from !== "" && to !== "" && from <= to && to <= today;
  const field = "mt-1 block h-9 w-full rounded-md border border-line-strong bg-surface px-2 num";
  return (
    <div className="grid gap-3">
      <label className="text-xs text-ink-2">
        {t("from")}
        <input
          type="date"
          className={field}
          value={from}
          max={today}
          onChange={(event) => setDraft({ from: event.target.value, to })}
        />
      </label>
      <label className="text-xs text-ink-2">
        {t("to")}
        <input
          type="date"
          className={field}
          value={to}
          max={today}
          onChange={(event) => setDraft({ from, to: event.target.value })}
        />
      </label>
      {!valid && (
        <p role="alert" className="text-xs text-danger">
          {t("invalid", { today: formatDay(today, locale) })}
        </p>
      )}
      <PopoverClose asChild>
        <Button variant="primary" disabled={!valid} onClick={() => onApply({ from, to })}>
          {t("apply")}
        </Button>
      </PopoverClose>
    </div>
  );
}
