"use client";

import { ListFilter, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryStates } from "nuqs";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import type { TimelineFilter as Filter } from "@/lib/customers/timeline-filter";
import type { Day } from "@/lib/platform/day";
import { formatCount } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locale";

/** Which kinds and which period the timeline shows, kept in the URL. */
export function TimelineFilter({
  filter,
  kinds,
  last,
  locale,
}: {
  filter: Filter;
  kinds: readonly { key: string; name: string }[];
  last: Day;
  locale: Locale;
}) {
  const t = useTranslations("customer");
  const [pending, startTransition] = useTransition();
  const [, setParams] = useQueryStates(
    { kind: parseAsString, from: parseAsString, to: parseAsString },
    { shallow: false, history: "push", scroll: false, startTransition },
  );
  const [draft, setDraft] = useState({ from: filter.from ?? "", to: filter.to ?? "" });
  const isPeriod = draft.from === "" || draft.to === "" || draft.from <= draft.to;
  const isFiltered = filter.kinds.length > 0 || filter.from !== null || filter.to !== null;

  function toggle(key: string, on: boolean) {
    const chosen = on ? [...filter.kinds, key] : filter.kinds.filter((one) => one !== key);
    setParams({ kind: chosen.length ? chosen.join(",") : null });
  }

  return (
    <fieldset aria-busy={pending} className="flex flex-wrap items-end gap-2">
      <legend className="sr-only">{t("filters")}</legend>
      <Popover
        label={t("kinds")}
        trigger={
          <Button className="h-9">
            <ListFilter aria-hidden size={15} />
            {filter.kinds.length
              ? t("kindsChosen", { count: formatCount(filter.kinds.length, locale), n: filter.kinds.length })
              : t("allKinds")}
          </Button>
        }
      >
        <ul className="grid gap-1">
          {kinds.map((kind) => (
            <li key={kind.key}>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is a button, which a label may hold */}
              <label className="flex items-center gap-1.5 text-[13px]">
                <Checkbox
                  checked={filter.kinds.includes(kind.key)}
                  onCheckedChange={(on) => toggle(kind.key, on === true)}
                />
                {kind.name}
              </label>
            </li>
          ))}
        </ul>
      </Popover>
      <Field label={t("from")} labelHidden>
        <Input
          type="date"
          max={last}
          value={draft.from}
          onChange={(event) => setDraft({ ...draft, from: event.target.value })}
          className="num w-36"
        />
      </Field>
      <Field label={t("to")} labelHidden error={isPeriod ? null : t("periodInvalid")}>
        <Input
          type="date"
          max={last}
          value={draft.to}
          onChange={(event) => setDraft({ ...draft, to: event.target.value })}
          className="num w-36"
        />
      </Field>
      <Button
        className="h-9"
        disabled={!isPeriod}
        onClick={() => setParams({ from: draft.from || null, to: draft.to || null })}
      >
        {t("apply")}
      </Button>
      {isFiltered && (
        <Button
          variant="link"
          className="h-9"
          onClick={() => {
            setDraft({ from: "", to: "" });
            setParams({ kind: null, from: null, to: null });
          }}
        >
          {t("clear")}
        </Button>
      )}
      {pending && (
        <LoaderCircle aria-hidden size={15} className="mb-2.5 text-ink-3 motion-safe:animate-spin" />
      )}
    </fieldset>
  );
}
