"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import type { StageView } from "@/components/stages/stage-view";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import { APPEARED, type CustomersFilter, customersSearch } from "@/lib/stages/customers-filter";

/** What the list is narrowed to: stage and day to choose, and each filter as a chip that can be taken off. */
export function FilterBar({
  slug,
  filter,
  asOf,
  today,
  stages,
}: {
  slug: string;
  filter: CustomersFilter;
  asOf: Day;
  today: Day;
  stages: StageView[];
}) {
  const t = useTranslations("customers");
  const tStates = useTranslations("states");
  const locale = useLocale();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const nameOf = (key: string) =>
    key === APPEARED ? t("notYet") : (stages.find((stage) => stage.key === key)?.name ?? key);
  const href = (change: Partial<Record<keyof CustomersFilter, string | undefined>>) =>
    `/w/${slug}/customers?${customersSearch({ ...filter, ...change })}`;
  const go = (url: string) => startTransition(() => router.push(url));

  const chips = [
    filter.stage && {
      text: t("filterStage", { stage: nameOf(filter.stage) }),
      without: href({ stage: undefined }),
    },
    asOf !== today && {
      text: t("filterAsOf", { day: formatDay(asOf, locale) }),
      without: href({ asOf: undefined }),
    },
    filter.since &&
      filter.fromStage && {
        text: t("filterFrom", { day: formatDay(filter.since, locale), stage: nameOf(filter.fromStage) }),
        without: href({ since: undefined, fromStage: undefined }),
      },
  ].filter((chip) => typeof chip === "object");

  const control = "h-8 rounded-md border border-line-strong bg-surface px-2 text-[13px]";
  return (
    <fieldset aria-busy={pending} className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{t("filters")}</legend>
      <select
        data-page-filter
        aria-label={t("stageFilter")}
        value={filter.stage ?? ""}
        onChange={(event) => go(href({ stage: event.target.value || undefined }))}
        className={control}
      >
        <option value="">{t("anyStage")}</option>
        {stages.map((stage) => (
          <option key={stage.key} value={stage.key}>
            {stage.name}
          </option>
        ))}
      </select>
      <input
        key={asOf}
        type="date"
        aria-label={t("dayFilter")}
        defaultValue={asOf}
        max={today}
        onBlur={(event) => {
          const chosen = event.target.value;
          if (chosen && chosen !== asOf && chosen <= today) go(href({ asOf: chosen }));
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
        className={`${control} num`}
      />
      {chips.map((chip) => (
        <span
          key={chip.text}
          data-testid="filter-chip"
          className="inline-flex h-8 items-center gap-1 rounded-full bg-accent-soft pr-1 pl-3 text-[13px] text-accent"
        >
          {chip.text}
          <ListLink
            href={chip.without}
            aria-label={t("remove", { filter: chip.text })}
            className="grid size-6 place-items-center rounded-full hover:bg-surface"
          >
            <X aria-hidden size={13} />
          </ListLink>
        </span>
      ))}
      {chips.length > 1 && (
        <ListLink
          href={`/w/${slug}/customers`}
          className="rounded px-1 text-[13px] text-ink-2 hover:underline"
        >
          {t("clear")}
        </ListLink>
      )}
      {pending && (
        <span role="status" className="text-xs text-ink-3">
          {tStates("loading")}
        </span>
      )}
    </fieldset>
  );
}
