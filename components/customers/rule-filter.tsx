"use client";

import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { RulePreview } from "@/components/rules/rule-preview";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { filterBody } from "@/lib/customers/list-address";
import { formatDay } from "@/lib/platform/i18n/format";
import type { Rule } from "@/lib/rules/schema";
import type { CustomersScene } from "./customers-scene";

// The editor's library is large and most readers never open it.
const RuleEditor = dynamic(() => import("@/components/rules/rule-editor").then((one) => one.RuleEditor), {
  ssr: false,
  loading: () => <Skeleton className="h-40" />,
});

/** The rule of the list while it is edited: the editor, what it says in words, and whom it finds. */
export function RuleFilter({
  scene,
  onApply,
  onClose,
}: {
  scene: CustomersScene;
  /** Undefined: without a rule. */
  onApply: (rule: Rule | undefined) => void;
  onClose: () => void;
}) {
  const t = useTranslations("customers");
  const tStates = useTranslations("states");
  const locale = useLocale();
  const [rule, setRule] = useState<Rule | null>(scene.list.rule ?? null);
  const [open, setOpen] = useState(0);
  return (
    <Card
      aria-label={t("ruleTitle")}
      title={t("ruleTitle")}
      hint={t("ruleHint", { day: formatDay(scene.metricsOn, locale) })}
    >
      <div className="grid grid-cols-1 gap-4">
        <RuleEditor
          slug={scene.slug}
          currency={scene.currency}
          metrics={scene.metrics}
          storedMetrics={scene.storedMetrics}
          paramValues={scene.paramValues}
          initial={scene.list.rule ?? null}
          onChange={(next, unfilled) => {
            setRule(next);
            setOpen(unfilled);
          }}
        />
        <RulePreview
          slug={scene.slug}
          filter={filterBody({ ...scene.list, rule: undefined })}
          rule={rule}
          open={open}
          stages={scene.stages}
        />
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" disabled={open > 0} onClick={() => onApply(rule ?? undefined)}>
            {t("ruleApply")}
          </Button>
          {scene.list.rule && <Button onClick={() => onApply(undefined)}>{t("ruleClear")}</Button>}
          <Button variant="ghost" onClick={onClose}>
            {tStates("cancel")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
