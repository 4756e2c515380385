"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { standardKinds } from "@/lib/intake/kinds";
import type { ParamValues } from "@/lib/metrics/values";
import type { MetricParam, MetricView } from "@/lib/metrics/view";
import { localName } from "@/lib/platform/i18n/locale";
import { ListField, Suggestions } from "./list-field";

type Params = Record<string, unknown>;

/** The parameters of a metric: days of a window, a kind of event, the key of a trait, value types to leave out. */
export function ParamFields({
  metric,
  params,
  paramValues,
  onChange,
}: {
  metric: MetricView;
  params: Params;
  paramValues: ParamValues;
  onChange: (params: Params) => void;
}) {
  const set = (name: string, value: unknown) => {
    const { [name]: _before, ...others } = params;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return metric.params.map((param) => (
    <ParamField
      key={param.name}
      param={param}
      value={params[param.name]}
      paramValues={paramValues}
      onChange={(value) => set(param.name, value)}
    />
  ));
}

function ParamField({
  param,
  value,
  paramValues,
  onChange,
}: {
  param: MetricParam;
  value: unknown;
  paramValues: ParamValues;
  onChange: (value: unknown) => void;
}) {
  const t = useTranslations("rules");
  const locale = useLocale();
  const id = useId();
  const known = ["days", "kind", "key", "without"] as const;
  const name = known.find((one) => one === param.name);
  const label = name ? t(`param.${name}`) : param.name;
  if (param.name === "kind")
    return (
      <Select
        aria-label={label}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value || undefined)}
        className="w-auto max-w-44"
      >
        <option value="">{t("anyKind")}</option>
        {standardKinds.map((kind) => (
          <option key={kind.key} value={kind.key}>
            {localName(kind.names, locale)}
          </option>
        ))}
        {paramValues.kinds.map((kind) => (
          <option key={kind} value={kind}>
            {kind}
          </option>
        ))}
      </Select>
    );
  if (param.type === "list")
    return (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="text-xs text-ink-3">{label}</span>
        <ListField
          label={label}
          values={Array.isArray(value) ? value.map(String) : []}
          suggestions={["order", ...paramValues.kinds]}
          onChange={(values) => {
            onChange(values.length ? values : undefined);
            return true;
          }}
        />
      </span>
    );
  if (param.type === "integer")
    return (
      <span className="flex items-center gap-1.5">
        <span className="text-xs text-ink-3">{label}</span>
        <Input
          type="number"
          inputMode="numeric"
          aria-label={label}
          required={param.required}
          min={param.min ?? undefined}
          max={param.max ?? undefined}
          placeholder={param.required ? undefined : t("everDays")}
          value={typeof value === "number" ? value : ""}
          onChange={(event) => {
            const number = Number(event.target.value);
            const fits =
              Number.isInteger(number) &&
              number >= (param.min ?? 0) &&
              number <= (param.max ?? Number.MAX_SAFE_INTEGER);
            if (event.target.value === "") onChange(undefined);
            else if (fits) onChange(number);
          }}
          className="w-20 num"
        />
      </span>
    );
  return (
    <span className="flex items-center gap-1.5">
      <span className="text-xs text-ink-3">{label}</span>
      <Input
        aria-label={label}
        required={param.required}
        aria-invalid={(param.required && !value) || undefined}
        value={typeof value === "string" ? value : ""}
        list={id}
        onChange={(event) => onChange(event.target.value || undefined)}
        className="w-36"
      />
      <Suggestions id={id} values={paramValues.traitKeys} />
    </span>
  );
}
