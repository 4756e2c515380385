"use client";

import { useLocale, useTranslations } from "next-intl";
import { postJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatCount, formatInstant } from "@/lib/platform/i18n/format";
import { StageEffectTable } from "./stage-effect-table";
import { SummaryView, Tiles } from "./summary-view";
import { useReasonWords } from "./use-reason-words";
import { useStepAct } from "./use-step-act";
import { importApi, importPath, type WizardView } from "./wizard-view";
import { WorkingPanel } from "./working-panel";

/** The dry run: asked for, under way, or what it found, and the button that imports. */
export function CheckStep({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const { record } = view;
  if (record.state === "checking") return <WorkingPanel view={view} title={t("checkTitle")} />;
  if (record.checked) return <CheckFound view={view} />;
  return <CheckAsk view={view} />;
}

function CheckAsk({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const { act, busy } = useStepAct();
  const words = useReasonWords(view.record.settings);
  const { record, slug } = view;
  return (
    <Card title={t("checkTitle")} hint={t("checkText")}>
      <div className="grid gap-4">
        {record.error && <Banner tone="error">{words.fault(record.error)}</Banner>}
        <div className="flex justify-end">
          <Button
            variant="primary"
            disabled={busy || !view.mayImport}
            onClick={() => act(() => postJson(`${importApi(slug, record.id)}/check`, {}))}
          >
            {t("runCheck")}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function CheckFound({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const { act, busy } = useStepAct();
  const { record, slug } = view;
  const checked = record.checked!;
  const { rows } = checked;
  const api = importApi(slug, record.id);
  return (
    <div className="grid grid-cols-1 gap-4">
      <Card title={t("checkTitle")}>
        <div className="grid grid-cols-1 gap-4">
          <Tiles
            tiles={[
              { label: t("tileAccepted"), value: rows.accepted },
              { label: t("tileRefused"), value: rows.refused },
              { label: t("tileSkipped"), value: rows.skipped },
              { label: t("tileDuplicates"), value: checked.duplicates, info: t("duplicatesInfo") },
              { label: t("tileNew"), value: checked.customers.new, info: t("newInfo") },
              { label: t("tileKnown"), value: checked.customers.known },
            ]}
          />
          <SummaryView view={view} summary={checked} />
        </div>
      </Card>
      <StageEffectTable
        view={view}
        effect={checked.stages}
        day={formatInstant(new Date(checked.checkedAt), view.timeZone, locale)}
      />
      {rows.accepted === 0 && <Banner tone="warning">{t("nothingToImport")}</Banner>}
      <div className="flex flex-wrap justify-between gap-2">
        <Button disabled={busy || !view.mayImport} onClick={() => act(() => postJson(`${api}/check`, {}))}>
          {t("runAgain")}
        </Button>
        <Button
          variant="primary"
          disabled={busy || !view.mayImport || rows.accepted === 0}
          onClick={() => act(() => postJson(`${api}/start`, {}), importPath(slug, record.id, "import"))}
        >
          {t("start", { count: formatCount(rows.accepted, locale) })}
        </Button>
      </div>
    </div>
  );
}
