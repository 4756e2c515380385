"use client";

import { CalendarRange, ChevronDown, LoaderCircle } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { Day } from "@/lib/platform/day";
import {
  type Comparison,
  comparedRange,
  comparisons,
  type DayRange,
  presetsOf,
  rangePresets,
} from "@/lib/platform/http/day-range";
import { formatDay } from "@/lib/platform/i18n/format";
import { CustomRange } from "./custom-range";
import { useRange } from "./use-range";
import { useRangeCommands } from "./use-range-commands";

/** The period of the page with its zone, and what it is compared with. Both live in the URL. */
export function RangePicker({
  range,
  comparison,
  today,
  firstDay,
  timeZone,
}: {
  range: DayRange;
  comparison: Comparison;
  today: Day;
  firstDay: Day | null;
  timeZone: string;
}) {
  const t = useTranslations("range");
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const { pending, setRange, setPreset, setComparison } = useRange({ today, firstDay });
  useRangeCommands(setPreset);

  const [preset] = presetsOf(range, today, firstDay);
  const wordsOf = (one: DayRange) =>
    one.from === one.to
      ? formatDay(one.from, locale)
      : `${formatDay(one.from, locale)} – ${formatDay(one.to, locale)}`;
  const words = wordsOf(range);
  const compared = comparedRange(range, comparison);
  const Icon = pending ? LoaderCircle : CalendarRange;

  return (
    <div className="flex flex-wrap items-center gap-2" aria-busy={pending}>
      <span role="status" className="sr-only">
        {pending && t("loading")}
      </span>
      <Popover
        label={t("label")}
        align="end"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            aria-label={`${t("label")}: ${words} · ${timeZone}`}
            className="flex min-h-9 items-center gap-2 rounded-md border border-line-strong/60 bg-surface px-2.5 text-[13px] hover:bg-sunken"
          >
            <Icon
              aria-hidden
              size={15}
              className={classNames("text-ink-3", pending && "motion-safe:animate-spin")}
            />
            {preset && <span className="font-medium">{t(preset)}</span>}
            <span className={classNames("num", preset && "text-ink-2 max-sm:hidden")}>{words}</span>
            <ChevronDown aria-hidden size={14} className="text-ink-3" />
          </button>
        }
      >
        <fieldset className="grid grid-cols-2 gap-1">
          <legend className="sr-only">{t("presets")}</legend>
          {rangePresets.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={preset === one}
              onClick={() => {
                setOpen(false);
                void setPreset(one);
              }}
              className={classNames(
                "h-8 rounded-md px-2 text-left",
                preset === one ? "bg-accent-soft font-medium text-accent" : "hover:bg-sunken",
              )}
            >
              {t(one)}
            </button>
          ))}
        </fieldset>
        <CustomRange
          range={range}
          today={today}
          onApply={(next) => {
            setOpen(false);
            void setRange(next);
          }}
        />
        <p className="mt-3 border-t border-line pt-2 text-xs text-ink-3">{t("zone", { zone: timeZone })}</p>
      </Popover>
      <Select
        aria-label={t("compare")}
        title={compared ? wordsOf(compared) : undefined}
        value={comparison}
        onChange={(event) => setComparison(event.target.value as Comparison)}
        className="w-auto [&>select]:border-line-strong/60 [&>select]:text-[13px]"
      >
        {comparisons.map((one) => (
          <option key={one} value={one}>
            {t(`comparison.${one}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}
