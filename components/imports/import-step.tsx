"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { isWorking, KEEP_FILE_DAYS } from "@/lib/importing/console/schema";
import { formatCount } from "@/lib/platform/i18n/format";
import { SummaryView, Tiles } from "./summary-view";
import { UndoImport } from "./undo-import";
import { useReasonWords } from "./use-reason-words";
import type { WizardView } from "./wizard-view";
import { WorkingPanel } from "./working-panel";

/** The import itself: under way, or what it did, and the way back. */
export function ImportStep({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const { record } = view;
  if (isWorking(record.state)) return <WorkingPanel view={view} title={t(`states.${record.state}`)} />;
  return <ImportDone view={view} />;
}

function ImportDone({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const words = useReasonWords(view.record.settings);
  const { record, slug } = view;
  const { state, result, undone, error, fileName: name } = record;
  const count = (n: number) => formatCount(n, locale);
  const mayUndo = view.mayImport && record.sourceId !== null && state !== "undone";
  const title = { succeeded: "doneTitle", cancelled: "stoppedTitle", undone: "undoneTitle" } as const;
  return (
    <Card title={t(title[state as keyof typeof title] ?? "failedTitle", { name })}>
      <div className="grid grid-cols-1 gap-4">
        {state === "succeeded" && result && (
          <Banner tone="success">
            {t("doneText", {
              stored: count(result.stored),
              duplicates: count(result.duplicates ?? 0),
              customers: count(result.newCustomers),
            })}
          </Banner>
        )}
        {state === "cancelled" && result && (
          <Banner tone="warning">
            {t("stoppedText", { stored: count(result.stored), customers: count(result.newCustomers) })}
          </Banner>
        )}
        {state === "undone" && undone && (
          <Banner tone="info">
            {t("undoneText", {
              events: count(undone.events),
              customers: count(undone.customers),
              parted: count(undone.parted),
            })}
          </Banner>
        )}
        {state === "failed" && error && <Banner tone="error">{words.fault(error)}</Banner>}
        {result?.summary && (
          <>
            <Tiles
              tiles={[
                { label: t("tileAccepted"), value: result.summary.rows.accepted },
                { label: t("tileRefused"), value: result.summary.rows.refused },
                { label: t("tileSkipped"), value: result.summary.rows.skipped },
                { label: t("tileDuplicates"), value: result.duplicates ?? 0, info: t("duplicatesInfo") },
                { label: t("tileNew"), value: result.newCustomers },
              ]}
            />
            <SummaryView view={view} summary={result.summary} />
          </>
        )}
        {!record.hasFile && state !== "undone" && (
          <p className="text-[13px] text-ink-3">{t("fileGone", { days: KEEP_FILE_DAYS })}</p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="primary">
            <Link href={`/w/${slug}/board`}>{t("toBoard")}</Link>
          </Button>
          <Button asChild>
            <Link href={`/w/${slug}/imports/new`}>{t("another")}</Link>
          </Button>
          <Button asChild>
            <Link href={`/w/${slug}/imports`}>{t("toList")}</Link>
          </Button>
          {mayUndo && <UndoImport slug={slug} id={record.id} name={name} />}
        </div>
      </div>
    </Card>
  );
}
