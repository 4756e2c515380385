"use client";

import { SlidersHorizontal, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { ListLink } from "@/components/ui/list-link";
import { Select } from "@/components/ui/select";
import { listHref } from "@/lib/customers/list-address";
import type { ListParams } from "@/lib/customers/list-params";
import { type Day, day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import { APPEARED } from "@/lib/stages/customers-filter";
import type { CustomersScene } from "./customers-scene";

/** What the list is narrowed to: stage, day, tag and rule to choose, and each filter as a chip that can be taken off. */
export function FilterBar({
  scene,
  ruleText,
  editing,
  pending,
  onChange,
  onEditRule,
}: {
  scene: CustomersScene;
  /** The rule in one line of words; null when there is none. */
  ruleText: string | null;
  editing: boolean;
  pending: boolean;
  onChange: (change: ListParams) => void;
  onEditRule: () => void;
}) {
  const t = useTranslations("customers");
  const tStates = useTranslations("states");
  const locale = useLocale();
  const { list, stages, tags, asOf, today, slug } = scene;
  const nameOf = (key: string) =>
    key === APPEARED ? t("notYet") : (stages.find((stage) => stage.key === key)?.name ?? key);
  const href = (change: ListParams) => listHref(slug, { ...list, ...change });

  const chips = [
    list.stage && {
      text: t("filterStage", { stage: nameOf(list.stage) }),
      without: href({ stage: undefined }),
    },
    asOf !== today && {
      text: t("filterAsOf", { day: formatDay(asOf, locale) }),
      without: href({ asOf: undefined }),
    },
    list.since &&
      list.fromStage && {
        text: t("filterFrom", { day: formatDay(list.since, locale), stage: nameOf(list.fromStage) }),
        without: href({ since: undefined, fromStage: undefined }),
      },
    list.tag && {
      text: t("filterTag", {
        tags: list.tag.map((id) => tags.find((tag) => tag.id === id)?.name ?? `#${id}`).join(" / "),
      }),
      without: href({ tag: undefined }),
    },
    ruleText !== null && {
      text: t("filterRule", { rule: ruleText }),
      without: href({ rule: undefined }),
    },
  ].filter((chip) => typeof chip === "object");

  const control = "h-8 w-auto text-[13px]";
  return (
    <fieldset aria-busy={pending} className="flex min-w-0 flex-wrap items-center gap-2">
      <legend className="sr-only">{t("filters")}</legend>
      <Select
        data-page-filter
        aria-label={t("stageFilter")}
        value={list.stage ?? ""}
        onChange={(event) => onChange({ stage: event.target.value || undefined })}
        className="w-auto [&_select]:h-8 [&_select]:text-[13px]"
      >
        <option value="">{t("anyStage")}</option>
        {stages.map((stage) => (
          <option key={stage.key} value={stage.key}>
            {stage.name}
          </option>
        ))}
      </Select>
      {tags.length > 0 && (
        <Select
          aria-label={t("tagFilter")}
          value={list.tag?.length === 1 ? list.tag[0] : ""}
          onChange={(event) =>
            onChange({ tag: event.target.value ? [Number(event.target.value)] : undefined })
          }
          className="w-auto max-w-48 [&_select]:h-8 [&_select]:text-[13px]"
        >
          <option value="">{t("anyTag")}</option>
          {tags.map((tag) => (
            <option key={tag.id} value={tag.id}>
              {tag.name}
            </option>
          ))}
        </Select>
      )}
      <Input
        key={asOf}
        type="date"
        aria-label={t("dayFilter")}
        defaultValue={asOf}
        max={today}
        onBlur={(event) => {
          const chosen = day.safeParse(event.target.value).data;
          if (chosen && chosen !== asOf && chosen <= today) onChange({ asOf: chosen as Day });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
        className={`${control} num`}
      />
      <Button aria-expanded={editing} onClick={onEditRule}>
        <SlidersHorizontal aria-hidden size={14} />
        {t(list.rule ? "ruleEdit" : "ruleFilter")}
      </Button>
      {chips.map((chip) => (
        <span
          key={chip.text}
          data-testid="filter-chip"
          className="inline-flex h-8 max-w-full min-w-0 items-center gap-1 rounded-full bg-accent-soft pr-1 pl-3 text-[13px] text-accent"
        >
          <span className="max-w-96 truncate" title={chip.text}>
            {chip.text}
          </span>
          <ListLink
            href={chip.without}
            aria-label={t("remove", { filter: chip.text })}
            className="grid size-6 shrink-0 place-items-center rounded-full hover:bg-surface"
          >
            <X aria-hidden size={13} />
          </ListLink>
        </span>
      ))}
      {chips.length > 1 && (
        <ListLink
          href={listHref(slug, { sort: list.sort, cols: list.cols })}
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
