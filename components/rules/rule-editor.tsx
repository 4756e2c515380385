"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { QueryBuilder, type RuleGroupType } from "react-querybuilder";
import type { MetricRef } from "@/lib/metrics/metric";
import type { ParamValues } from "@/lib/metrics/values";
import type { MetricView } from "@/lib/metrics/view";
import {
  countOpen,
  type EditorGroup,
  editorOf,
  keepsEverybody,
  ruleOfEditor,
  withCondition,
} from "@/lib/rules/editor-tree";
import type { Rule } from "@/lib/rules/schema";
import { ConditionRow, freshCondition } from "./condition-row";
import type { EditorContext } from "./editor-context";
import { AddCondition, AddGroup, Combinator, NotToggle, RemoveGroup } from "./group-parts";

/** Brackets inside brackets inside brackets: deeper nobody follows, and a rule in an address has its limit. */
const MOST_LEVELS = 3;

const controls = {
  rule: ConditionRow,
  combinatorSelector: Combinator,
  notToggle: NotToggle,
  addRuleAction: AddCondition,
  addGroupAction: AddGroup,
  removeGroupAction: RemoveGroup,
};

const classes = {
  ruleGroup: "min-w-0 rounded-md border border-line bg-canvas p-2 border-l-2 border-l-line-strong",
  header: "flex flex-wrap items-center gap-2",
  body: "grid grid-cols-1 gap-1 pt-1 pl-1 empty:hidden",
};

/**
 * Edits a rule: conditions over metrics in brackets of "all" and "any", each of which can be turned round. Keeps its own
 * form while one edits, since a condition half filled in is no rule; `onChange` hears the rule (null while conditions are
 * open or none is there) and how many are open. react-querybuilder draws the tree and moves its parts, nothing else of it
 * is used: what rules mean is lib/rules. For another rule from outside give it another `key`.
 */
export function RuleEditor({
  slug,
  currency,
  metrics,
  storedMetrics,
  paramValues,
  initial,
  onChange,
}: {
  slug: string;
  currency: string;
  metrics: readonly MetricView[];
  /** Keys of metrics that are stored for everybody. */
  storedMetrics: readonly string[];
  paramValues: ParamValues;
  initial: Rule | null;
  onChange: (rule: Rule | null, open: number) => void;
}) {
  const t = useTranslations("rules");
  const first = metrics[0]!;
  const [group, setGroup] = useState<EditorGroup>(() =>
    initial ? editorOf(initial) : { combinator: "and", rules: [freshCondition(first, paramValues)] },
  );

  const isNamed = (ref: MetricRef): boolean => {
    const metric = metrics.find((one) => one.key === ref.metric);
    return (
      metric?.params.every((param) => !param.required || ref.params?.[param.name] !== undefined) ?? false
    );
  };
  function change(next: EditorGroup) {
    setGroup(next);
    const rule = ruleOfEditor(next, isNamed);
    onChange(rule && keepsEverybody(rule) ? null : rule, countOpen(next, isNamed));
  }
  const context: EditorContext = {
    slug,
    currency,
    metrics,
    storedMetrics,
    paramValues,
    onCondition: (path, condition) => change(withCondition(group, path, condition)),
  };
  const fields = useMemo(() => metrics.map(({ key }) => ({ name: key, value: key, label: key })), [metrics]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and its layout
    <div role="group" aria-label={t("editor")}>
      <QueryBuilder
        query={group as unknown as RuleGroupType}
        onQueryChange={(next) => change(next as unknown as EditorGroup)}
        fields={fields}
        controlElements={controls}
        controlClassnames={classes}
        context={context}
        accessibleDescriptionGenerator={() => t("bracket")}
        showNotToggle
        resetOnFieldChange={false}
        maxLevels={MOST_LEVELS}
        onAddRule={(rule) => ({ ...rule, ...freshCondition(first, paramValues) })}
        onAddGroup={(added) => ({
          ...added,
          rules: [freshCondition(first, paramValues)] as RuleGroupType["rules"],
        })}
      />
      {group.rules.length === 0 && <p className="pt-2 text-[13px] text-ink-3">{t("empty")}</p>}
    </div>
  );
}
