import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { Day } from "@/lib/platform/day";
import { formatChange, formatDay, formatDifference } from "@/lib/platform/i18n/format";

/** What a number is held against: its value at the end of an earlier day. */
export interface Earlier {
  on: Day;
  value: number;
  /** Whether there was anybody on that day at all. */
  comparable: boolean;
}

/** Difference to the compared period; says so when there was nothing to compare with. */
export function Change({ now, earlier: { on, value, comparable } }: { now: number; earlier: Earlier }) {
  const t = useTranslations("board");
  const locale = useLocale();
  const day = formatDay(on, locale);
  if (!comparable)
    return (
      <span className="text-xs text-ink-3" title={t("noBeforeReason", { day })}>
        {t("noBefore")}
      </span>
    );
  const Arrow = now === value ? ArrowRight : now > value ? ArrowUp : ArrowDown;
  const relative = formatChange(now, value, locale);
  return (
    <span
      className="num inline-flex flex-wrap items-center gap-x-1 text-xs text-ink-2"
      title={t("change", { day })}
    >
      <Arrow aria-hidden size={12} />
      <span>{formatDifference(now - value, locale)}</span>
      {relative && <span className="text-ink-3">({relative})</span>}
      <span className="sr-only">{t("change", { day })}</span>
    </span>
  );
}
