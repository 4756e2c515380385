"use client";

import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { z } from "zod";
import { getJson } from "@/components/ui/api";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { type PreviewRow, previewRow } from "@/lib/importing/console/preview-row";
import { formatInstant, NO_DATA } from "@/lib/platform/i18n/format";
import { formatMoney } from "@/lib/platform/money";
import { useReasonWords } from "./use-reason-words";
import { importApi, importPath, type WizardView } from "./wizard-view";

const answered = z.object({ rows: z.array(previewRow) });
const tones = { accepted: "success", skipped: "neutral", refused: "danger" } as const;

/** The first rows as they would be understood, errors in place. */
export function PreviewStep({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const [rows, setRows] = useState<PreviewRow[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { record, slug } = view;
  const url = `${importApi(slug, record.id)}/preview`;

  useEffect(() => {
    const leaving = new AbortController();
    getJson(url, leaving.signal).then((answer) => {
      if (leaving.signal.aborted) return;
      if (answer.ok) setRows(answered.parse(answer.body).rows);
      else setError(answer.message);
    });
    return () => leaving.abort();
  }, [url]);

  return (
    <Card title={t("previewTitle")} hint={t("previewText", { zone: view.timeZone })}>
      <div className="grid grid-cols-1 gap-4">
        {error && <Banner tone="error">{t("loadFailed", { message: error })}</Banner>}
        {!error && rows === null && <Skeleton className="h-80" />}
        {rows?.length === 0 && <p className="text-ink-2">{t("previewNone")}</p>}
        {rows && rows.length > 0 && <PreviewTable view={view} rows={rows} />}
        <div className="flex justify-between gap-2">
          <Button asChild>
            <Link href={importPath(slug, record.id, "columns")}>{t("back")}</Link>
          </Button>
          <Button asChild variant="primary">
            <Link href={importPath(slug, record.id, "check")}>{t("next", { step: t("steps.check") })}</Link>
          </Button>
        </div>
      </div>
    </Card>
  );
}

function PreviewTable({ view, rows }: { view: WizardView; rows: readonly PreviewRow[] }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const words = useReasonWords(view.record.settings);
  const kind = (key: string) => (t.has(`eventKinds.${key}` as never) ? t(`eventKinds.${key}` as never) : key);
  return (
    <Table caption={t("previewTitle")} frameClassName="max-h-[36rem]">
      <thead>
        <tr>
          <ColumnHead align="right">{t("row")}</ColumnHead>
          <ColumnHead>{t("fate")}</ColumnHead>
          <ColumnHead>{t("customer")}</ColumnHead>
          <ColumnHead>{t("kind")}</ColumnHead>
          <ColumnHead>{t("time")}</ColumnHead>
          <ColumnHead align="right">{t("amount")}</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.line}${row.fate}`}>
            <RowHead className="num text-right">{row.line}</RowHead>
            <Cell>
              <Badge tone={tones[row.fate]}>{t(`fates.${row.fate}`)}</Badge>
            </Cell>
            {row.fate !== "accepted" ? (
              <Cell colSpan={4} className={row.fate === "refused" ? "text-danger" : "text-ink-2"}>
                {row.column && <span lang="">{row.column}: </span>}
                {row.fate === "refused" ? words.row(row.reason ?? "") : words.skip(row.reason ?? "")}
              </Cell>
            ) : row.event === null ? (
              <Cell colSpan={4} className="text-ink-3">
                {t("partOfOrder")}
              </Cell>
            ) : (
              <>
                <Cell className="max-w-48 truncate" title={row.event.customer}>
                  {row.event.customer}
                </Cell>
                <Cell>
                  {kind(row.event.kind)} {row.event.orderId}
                </Cell>
                <Cell>{formatInstant(new Date(row.event.occurredAt), view.timeZone, locale)}</Cell>
                <Cell align="right">
                  {row.event.amount === null ? NO_DATA : formatMoney(row.event.amount, view.currency, locale)}
                </Cell>
              </>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
