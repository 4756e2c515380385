"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { getJson, sendJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Radio, RadioGroup } from "@/components/ui/radio-group";
import { type Content, content, contents, settings } from "@/lib/importing/console/schema";
import { useStepAct } from "./use-step-act";
import { importApi, importPath, type WizardView } from "./wizard-view";

/** What the rows of the file are. Another choice guesses the columns anew. */
export function ContentStep({ view }: { view: WizardView }) {
  const t = useTranslations("imports");
  const { record, slug } = view;
  const { act, busy } = useStepAct();
  const format = record.format!;
  const api = importApi(slug, record.id);

  const choose = (next: Content) =>
    act(async () => {
      const guess = await getJson(`${api}/settings?content=${next}`);
      if (!guess.ok) return guess;
      return sendJson("PUT", `${api}/settings`, z.object({ settings }).parse(guess.body).settings);
    });

  return (
    <Card title={t("contentTitle", { name: record.fileName })}>
      <div className="grid gap-4">
        <p className="text-[13px] text-ink-2">
          {t("detected", {
            encoding: `${format.delimiter === null ? "JSONL" : format.delimiter === "\t" ? "TSV" : "CSV"} · ${format.encoding.toUpperCase()}`,
            count: format.header.length,
          })}
        </p>
        {!view.mayImport && <Banner tone="info">{t("noPermission")}</Banner>}
        <RadioGroup
          aria-label={t("contentTitle", { name: record.fileName })}
          value={record.settings?.content}
          disabled={busy || !view.mayImport}
          onValueChange={(value) => void choose(content.parse(value))}
          className="gap-3"
        >
          {contents.map((one) => (
            <Radio key={one} value={one} label={t(`contents.${one}`)} hint={t(`contentHints.${one}`)} />
          ))}
        </RadioGroup>
        <div className="flex justify-end">
          <Button asChild variant="primary">
            <Link href={importPath(slug, record.id, "columns")}>
              {t("next", { step: t("steps.columns") })}
            </Link>
          </Button>
        </div>
      </div>
    </Card>
  );
}
