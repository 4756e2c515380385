"use client";

import { ChevronLeft, ChevronRight, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Tooltip } from "@/components/ui/tooltip";
import { addDays, type Day } from "@/lib/platform/day";

/** The day the whole page is as of, kept in the URL: any day from the first one to today. */
export function AsOfPicker({ asOf, first, today }: { asOf: Day; first: Day | null; today: Day }) {
  const t = useTranslations("customer");
  const [pending, startTransition] = useTransition();
  const [, setDay] = useQueryState(
    "asOf",
    parseAsString.withOptions({ shallow: false, history: "push", startTransition }),
  );
  const go = (day: string) => {
    if (day <= today && (!first || day >= first) && day !== asOf) setDay(day === today ? null : day);
  };
  return (
    <fieldset aria-busy={pending} className="flex items-center gap-1">
      <legend className="sr-only">{t("asOf")}</legend>
      <Tooltip text={t("previousDay")}>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("previousDay")}
          disabled={first !== null && asOf <= first}
          onClick={() => go(addDays(asOf, -1))}
        >
          <ChevronLeft aria-hidden size={16} />
        </Button>
      </Tooltip>
      <Input
        key={asOf}
        type="date"
        aria-label={t("asOf")}
        defaultValue={asOf}
        min={first ?? undefined}
        max={today}
        onBlur={(event) => event.target.value && go(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
        className="num h-8 w-36"
      />
      <Tooltip text={t("nextDay")}>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("nextDay")}
          disabled={asOf >= today}
          onClick={() => go(addDays(asOf, 1))}
        >
          <ChevronRight aria-hidden size={16} />
        </Button>
      </Tooltip>
      {asOf !== today && (
        <Button variant="link" size="small" onClick={() => go(today)}>
          {t("toToday")}
        </Button>
      )}
      {pending && <LoaderCircle aria-hidden size={15} className="text-ink-3 motion-safe:animate-spin" />}
    </fieldset>
  );
}
