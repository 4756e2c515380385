"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RuleProps } from "react-querybuilder";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { ParamValues } from "@/lib/metrics/values";
import type { MetricView } from "@/lib/metrics/view";
import { type EditorCondition, fieldOf, refOf } from "@/lib/rules/editor-tree";
import { comparesAlike, operatorsOf } from "@/lib/rules/operand-text";
import type { EditorContext } from "./editor-context";
import { MetricPicker } from "./metric-picker";
import { ParamFields } from "./param-fields";
import { ValueFields } from "./value-fields";

/** Parameters a metric starts with: what it needs, filled with what is most likely meant. */
function startingParams(metric: MetricView, { traitKeys }: ParamValues): Record<string, unknown> {
  const likely: Record<string, unknown> = { days: 30, key: traitKeys[0] };
  return Object.fromEntries(
    metric.params.filter((param) => param.required).map((param) => [param.name, likely[param.name]]),
  );
}

/** A condition nobody has filled in yet. */
export const freshCondition = (metric: MetricView, paramValues: ParamValues): EditorCondition => ({
  field: fieldOf({ metric: metric.key, params: startingParams(metric, paramValues) }),
  operator: operatorsOf(metric.type)[0]!,
  value: null,
});

/** The value kept when the comparison changes between one value, two ends and a list; otherwise it starts anew. */
function valueFor(
  operator: EditorCondition["operator"],
  before: EditorCondition["value"],
): EditorCondition["value"] {
  const one = Array.isArray(before) ? (before[0] ?? null) : before;
  if (operator === "known" || operator === "unknown") return null;
  if (operator === "between") return Array.isArray(before) && before.length === 2 ? before : [one, null];
  if (operator === "in" || operator === "not_in")
    return Array.isArray(before) ? before.filter((value) => value !== null) : one === null ? [] : [one];
  return one;
}

/** One comparison: metric with its parameters, how it is compared, and with what. */
export function ConditionRow({ path, rule, context, actions }: RuleProps) {
  const t = useTranslations("rules");
  const editor = context as EditorContext;
  const condition = rule as unknown as EditorCondition;
  const ref = refOf(condition.field);
  const metric = editor.metrics.find((one) => one.key === ref.metric);
  const change = (next: Partial<EditorCondition>) => editor.onCondition(path, { ...condition, ...next });

  function choose(next: MetricView) {
    const fresh = freshCondition(next, editor.paramValues);
    const { id } = condition;
    const keeps = metric && comparesAlike(metric.type, next.type);
    editor.onCondition(path, keeps ? { ...condition, field: fresh.field } : { id, ...fresh });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and its layout to every line
    <div role="group" aria-label={t("condition")} className="flex min-w-0 flex-wrap items-center gap-2 py-1">
      <MetricPicker
        metrics={editor.metrics}
        storedMetrics={editor.storedMetrics}
        currency={editor.currency}
        chosen={metric}
        onChoose={choose}
      />
      {metric && (
        <>
          <ParamFields
            metric={metric}
            params={ref.params ?? {}}
            paramValues={editor.paramValues}
            onChange={(params) => change({ field: fieldOf({ metric: metric.key, params }) })}
          />
          <Select
            aria-label={t("operator")}
            value={condition.operator}
            onChange={(event) => {
              const operator = event.target.value as EditorCondition["operator"];
              change({ operator, value: valueFor(operator, condition.value) });
            }}
            className="w-auto"
          >
            {operatorsOf(metric.type).map((operator) => (
              <option key={operator} value={operator}>
                {t(`op.${operator}`)}
              </option>
            ))}
          </Select>
          <ValueFields
            key={`${metric.type} ${condition.operator}`}
            slug={editor.slug}
            currency={editor.currency}
            metricRef={ref}
            type={metric.type}
            condition={condition}
            onChange={(value) => change({ value })}
          />
        </>
      )}
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("removeCondition")}
        title={t("removeCondition")}
        onClick={() => actions.onRuleRemove(path)}
        className="ml-auto"
      >
        <X aria-hidden size={14} />
      </Button>
    </div>
  );
}
