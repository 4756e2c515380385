import { CalendarClock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { Info } from "@/components/ui/info";
import type { Day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import type { Workspace } from "@/lib/workspaces/schema";

/** The day the workspace lives in and its zone; amber when that is not real time. */
export function AsOfLine({
  today,
  timeZone,
  clockMode,
}: {
  today: Day;
  timeZone: string;
  clockMode: Workspace["clockMode"];
}) {
  const t = useTranslations("clock");
  const locale = useLocale();
  return (
    <div
      data-testid="as-of"
      data-day={today}
      className={classNames(
        "flex min-h-8 min-w-0 items-center gap-1.5 rounded-md pr-1 pl-2 text-[13px]",
        clockMode === "real" ? "text-ink-2" : "bg-amber-soft text-amber",
      )}
    >
      <CalendarClock aria-hidden size={15} className="shrink-0" />
      <span className="num">
        {t("asOf", { day: formatDay(today, locale) })} · {timeZone}
      </span>
      <Info label={t("explain")}>
        <p>{t(clockMode)}</p>
        <p className="mt-1 text-ink-3">{t("zone", { zone: timeZone })}</p>
      </Info>
    </div>
  );
}
