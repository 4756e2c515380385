"use client";

import { useLocale, useTranslations } from "next-intl";
import { StageBadge } from "@/components/stages/stage-badge";
import { Card } from "@/components/ui/card";
import { Info } from "@/components/ui/info";
import { Cell, ColumnHead, Row, Table } from "@/components/ui/table";
import type { StageEffect } from "@/lib/importing/console/schema";
import { formatCount } from "@/lib/platform/i18n/format";
import type { WizardView } from "./wizard-view";

/** Which stages customers would move between, were the file imported. */
export function StageEffectTable({
  view,
  effect,
  day,
}: {
  view: WizardView;
  effect: StageEffect;
  day: string;
}) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const count = (n: number) => formatCount(n, locale);
  const moved = effect.moves.filter(({ from, to }) => from !== to);
  const kept = effect.moves
    .filter(({ from, to }) => from === to)
    .reduce((sum, one) => sum + one.customers, 0);
  const badge = (key: string | null, none: string) => {
    const stage = view.stages.find((one) => one.key === key);
    return stage ? <StageBadge stage={stage} /> : <span className="text-ink-3">{key ?? none}</span>;
  };
  const isSample = effect.sampled < effect.named;
  return (
    <Card
      title={
        <span className="inline-flex items-center gap-1">
          {t("stagesTitle")}
          <Info label={t("stagesTitle")}>{t("stagesInfo", { day })}</Info>
        </span>
      }
      hint={
        isSample
          ? t("stagesSample", { sampled: count(effect.sampled), named: count(effect.named) })
          : t("stagesAll", { named: count(effect.named) })
      }
    >
      <div className="grid grid-cols-1 gap-2 text-[13px]">
        {moved.length > 0 && (
          <Table caption={t("stagesTitle")} frameClassName="max-h-96">
            <thead>
              <tr>
                <ColumnHead>{t("before")}</ColumnHead>
                <ColumnHead>{t("after")}</ColumnHead>
                <ColumnHead align="right">{t("customers")}</ColumnHead>
              </tr>
            </thead>
            <tbody>
              {moved.map(({ from, to, customers }) => (
                <Row key={`${from} ${to}`}>
                  <Cell>{badge(from, t("notThere"))}</Cell>
                  <Cell>{badge(to, t("noStage"))}</Cell>
                  <Cell align="right">{count(customers)}</Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
        {kept > 0 && <p className="text-ink-2">{t("stageRows", { count: kept })}</p>}
        {effect.merged > 0 && <p className="text-ink-2">{t("stagesMerged", { count: effect.merged })}</p>}
      </div>
    </Card>
  );
}
