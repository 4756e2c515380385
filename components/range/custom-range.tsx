"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type Day, day } from "@/lib/platform/day";
import type { DayRange } from "@/lib/platform/http/day-range";
import { formatDay } from "@/lib/platform/i18n/format";

/** The reader's own two days, both included; says what is wrong instead of taking what cannot be. */
export function CustomRange({
  range,
  today,
  onApply,
}: {
  range: DayRange;
  today: Day;
  onApply: (range: DayRange) => void;
}) {
  const t = useTranslations("range");
  const locale = useLocale();
  const [draft, setDraft] = useState<{ from: string; to: string }>(range);
  const from = day.safeParse(draft.from).data;
  const to = day.safeParse(draft.to).data;
  const chosen = from && to && from <= to && to <= today ? { from, to } : null;
  return (
    <form
      className="mt-3 grid grid-cols-2 gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onApply(chosen);
      }}
    >
      {(["from", "to"] as const).map((name) => (
        <Field
          key={name}
          label={t(name)}
          error={name === "to" && !chosen && t("invalid", { today: formatDay(today, locale) })}
        >
          <Input
            type="date"
            className="num"
            value={draft[name]}
            max={today}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        </Field>
      ))}
      <Button type="submit" variant="primary" disabled={!chosen} className="col-span-2">
        {t("apply")}
      </Button>
    </form>
  );
}
