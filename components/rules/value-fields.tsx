"use client";

import { useTranslations } from "next-intl";
import { useEffect, useId, useState } from "react";
import { getJson } from "@/components/ui/api";
import { Input } from "@/components/ui/input";
import type { MetricRef, MetricType } from "@/lib/metrics/metric";
import type { EditorCondition } from "@/lib/rules/editor-tree";
import { operandFromText, operandToText } from "@/lib/rules/operand-text";
import { ListField, Suggestions } from "./list-field";

type Operand = number | string | null;

/** Values a label has among the workspace's customers, asked for once a metric is known. */
function useTextValues(slug: string, ref: MetricRef, isText: boolean): string[] {
  const [values, setValues] = useState<string[]>([]);
  const search = new URLSearchParams({ metric: ref.metric, params: JSON.stringify(ref.params ?? {}) });
  const url = isText ? `/api/workspaces/${slug}/metrics/values?${search}` : null;
  const isWhole = ref.metric !== "trait" || Boolean(ref.params?.key);
  useEffect(() => {
    if (!url || !isWhole) return;
    const asked = new AbortController();
    getJson(url, asked.signal).then((answer) => {
      if (answer.ok) setValues((answer.body as { values: string[] }).values);
    });
    return () => asked.abort();
  }, [url, isWhole]);
  return values;
}

/** What a condition compares with, typed as its metric is: one value, two ends of a half-open span, or several values. */
export function ValueFields({
  slug,
  currency,
  metricRef,
  type,
  condition,
  onChange,
}: {
  slug: string;
  currency: string;
  metricRef: MetricRef;
  type: MetricType;
  condition: EditorCondition;
  onChange: (value: EditorCondition["value"]) => void;
}) {
  const t = useTranslations("rules");
  const suggestions = useTextValues(slug, metricRef, type === "text");
  const { operator, value } = condition;
  if (operator === "known" || operator === "unknown") return null;
  if (operator === "in" || operator === "not_in") {
    const values = (Array.isArray(value) ? value : []).filter((one) => one !== null);
    return (
      <ListField
        label={t("value")}
        type={type === "day" ? "date" : "text"}
        values={values.map((one) => operandToText(one, type, currency))}
        suggestions={suggestions}
        onChange={(texts) => {
          const operands = texts.map((text) => operandFromText(text, type, currency));
          if (operands.includes(null)) return false;
          onChange(operands);
          return true;
        }}
      />
    );
  }
  const field = (label: string, one: Operand, set: (value: Operand) => void) => (
    <OperandField
      label={label}
      type={type}
      currency={currency}
      value={one}
      suggestions={suggestions}
      onChange={set}
    />
  );
  if (operator === "between") {
    const [from = null, to = null] = Array.isArray(value) ? value : [];
    return (
      <span className="flex flex-wrap items-center gap-1.5">
        {field(t("from"), from, (next) => onChange([next, to]))}
        <span className="text-xs text-ink-3">{t("andBefore")}</span>
        {field(t("to"), to, (next) => onChange([from, next]))}
      </span>
    );
  }
  return field(t("value"), Array.isArray(value) ? null : value, onChange);
}

/** One value. The text stays as typed; what cannot be read as a value is marked and counts as not filled in. */
function OperandField({
  label,
  type,
  currency,
  value,
  suggestions,
  onChange,
}: {
  label: string;
  type: MetricType;
  currency: string;
  value: Operand;
  suggestions: readonly string[];
  onChange: (value: Operand) => void;
}) {
  const t = useTranslations("rules");
  const id = useId();
  const [text, setText] = useState(operandToText(value, type, currency));
  const unit = { money: currency, days: t("unitDays"), count: t("unitCount") }[type as string];
  const isLabel = type === "text";
  return (
    <span className="flex items-center gap-1.5">
      <Input
        type={type === "day" ? "date" : "text"}
        inputMode={isLabel || type === "day" ? undefined : "decimal"}
        aria-label={unit ? `${label} (${unit})` : label}
        aria-invalid={(text !== "" && value === null) || undefined}
        value={text}
        list={suggestions.length ? id : undefined}
        onChange={(event) => {
          const typed = event.target.value;
          setText(typed);
          onChange(typed === "" ? null : operandFromText(typed, type, currency));
        }}
        className={isLabel ? "w-44" : type === "day" ? "w-auto num" : "w-28 text-right num"}
      />
      <Suggestions id={id} values={suggestions} />
      {unit && <span className="text-xs text-ink-3">{unit}</span>}
    </span>
  );
}
