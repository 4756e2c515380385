"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { z } from "zod";
import { sendJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import {
  type SettingsField,
  type SettingsValues,
  settingsFields,
  settingsValues,
  weekStarts,
} from "@/lib/workspaces/settings-schema";

/** A choice as it is stored and as people read it. */
export interface Choice {
  value: string;
  label: string;
}

const changedMeanwhile = z.object({ reason: z.literal("version"), values: settingsValues });
const settled = z.object({ reason: z.literal("settled"), field: z.enum(settingsFields) });
const badFields = z.object({ fields: z.array(z.object({ path: z.string() })) });

const languages = [
  { value: "zh-CN", label: "中文" },
  { value: "en", label: "English" },
] as const;

/** Name, language, zone, currency and week of a workspace. What somebody else changed meanwhile is shown before it is lost. */
export function SettingsForm({
  slug,
  values,
  version,
  mayChange,
  hasEvents,
  hasAmounts,
  zones,
  currencies,
}: {
  slug: string;
  values: SettingsValues;
  version: number;
  mayChange: boolean;
  hasEvents: boolean;
  hasAmounts: boolean;
  zones: readonly Choice[];
  currencies: readonly Choice[];
}) {
  const t = useTranslations("settings");
  const router = useRouter();
  const [edits, setEdits] = useState<Partial<SettingsValues>>({});
  const [faults, setFaults] = useState<Partial<Record<SettingsField, string>>>({});
  /** The settings somebody else's change was made to; null when nobody came between. */
  const [overtaken, setOvertaken] = useState<{ before: SettingsValues; after: SettingsValues } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refreshing, startTransition] = useTransition();
  const draft: SettingsValues = { ...values, ...edits };
  const dirty = settingsFields.some((field) => draft[field] !== values[field]);

  const set = (change: Partial<SettingsValues>) => {
    setEdits({ ...edits, ...change });
    setFaults({});
  };

  async function save() {
    const checked = settingsValues.safeParse(draft);
    if (!checked.success) return setFaults(faultsAt(checked.error.issues.map(({ path }) => String(path[0]))));
    setBusy(true);
    const answer = await sendJson("PUT", `/api/workspaces/${slug}/settings`, {
      version,
      values: checked.data,
    });
    setBusy(false);
    if (answer.ok) {
      toast.result(t("saved"));
      startTransition(() => {
        setEdits({});
        setOvertaken(null);
        router.refresh();
      });
      return;
    }
    const late = changedMeanwhile.safeParse(answer.details);
    if (late.success) {
      setOvertaken({ before: values, after: late.data.values });
      startTransition(() => router.refresh());
      return;
    }
    const refusal = settled.safeParse(answer.details);
    if (refusal.success) {
      const { field } = refusal.data;
      return setFaults({ [field]: t(field === "currency" ? "currencySettled" : "timeZoneSettled") });
    }
    const bad = badFields.safeParse(answer.details);
    const found = bad.success ? faultsAt(bad.data.fields.map(({ path }) => path.split(".").at(-1)!)) : {};
    if (Object.keys(found).length > 0) return setFaults(found);
    toast.error(t("failed", { message: answer.message }), answer.requestId);
  }

  const faultsAt = (names: readonly string[]) =>
    Object.fromEntries(
      settingsFields.filter((field) => names.includes(field)).map((field) => [field, t(`fault.${field}`)]),
    );

  const shown = (field: SettingsField, from: SettingsValues): string => {
    const value = String(from[field]);
    if (field === "weekStart") return t(`weekday.${from.weekStart}`);
    const choices = { timeZone: zones, currency: currencies, locale: languages, name: [] }[field];
    return choices.find((one) => one.value === value)?.label ?? value;
  };
  const labels: Record<SettingsField, string> = {
    name: t("name"),
    locale: t("language"),
    timeZone: t("timeZone"),
    currency: t("currency"),
    weekStart: t("weekStart"),
  };
  const theirs = overtaken
    ? settingsFields.filter((field) => overtaken.before[field] !== overtaken.after[field])
    : [];

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {overtaken && (
        <Banner tone="warning">
          {t("conflict")}
          <ul className="mt-1 list-disc pl-5" data-testid="changed-meanwhile">
            {theirs.map((field) => (
              <li key={field} lang="und">
                {t("conflictField", {
                  field: labels[field],
                  before: shown(field, overtaken.before),
                  after: shown(field, overtaken.after),
                })}
              </li>
            ))}
            {theirs.length === 0 && <li>{t("conflictOther")}</li>}
          </ul>
        </Banner>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={labels.name} error={faults.name} required>
          <Input
            value={draft.name}
            maxLength={80}
            autoComplete="off"
            disabled={!mayChange}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label={t("slug")} hint={t("slugHint")}>
          <Input value={slug} readOnly className="bg-sunken font-mono text-ink-2" />
        </Field>
        <Field label={labels.locale} hint={t("languageHint")} error={faults.locale}>
          <Select
            value={draft.locale}
            disabled={!mayChange}
            onChange={(event) => set({ locale: event.target.value as SettingsValues["locale"] })}
          >
            {languages.map(({ value, label }) => (
              <option key={value} value={value} lang={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={labels.weekStart} hint={t("weekStartHint")} error={faults.weekStart}>
          <Select
            value={draft.weekStart}
            disabled={!mayChange}
            onChange={(event) =>
              set({ weekStart: Number(event.target.value) as SettingsValues["weekStart"] })
            }
          >
            {weekStarts.map((day) => (
              <option key={day} value={day}>
                {t(`weekday.${day}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={labels.timeZone}
          hint={t(hasEvents ? "timeZoneSettled" : "timeZoneHint")}
          error={faults.timeZone}
        >
          <Select
            value={draft.timeZone}
            disabled={!mayChange || hasEvents}
            onChange={(event) => set({ timeZone: event.target.value })}
          >
            <Choices choices={zones} />
          </Select>
        </Field>
        <Field
          label={labels.currency}
          hint={t(hasAmounts ? "currencySettled" : "currencyHint")}
          error={faults.currency}
        >
          <Select
            value={draft.currency}
            disabled={!mayChange || hasAmounts}
            onChange={(event) => set({ currency: event.target.value })}
          >
            <Choices choices={currencies} />
          </Select>
        </Field>
      </div>
      {mayChange && (
        <div>
          <Button type="submit" variant="primary" disabled={busy || refreshing || !dirty}>
            {t("save")}
          </Button>
        </div>
      )}
    </form>
  );
}

const Choices = ({ choices }: { choices: readonly Choice[] }) =>
  choices.map(({ value, label }) => (
    <option key={value} value={value} lang="und">
      {label}
    </option>
  ));
