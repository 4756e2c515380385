"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { sendJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Upload } from "./upload";
import { useReasonWords } from "./use-reason-words";
import { useStepAct } from "./use-step-act";
import { importApi, type WizardView } from "./wizard-view";

/** A file that is half here, to be gone on with; or one that nobody can import, and why. */
export function FileStep({
  view,
  arrived,
  maxBytes,
}: {
  view: WizardView;
  arrived: number;
  maxBytes: number;
}) {
  const t = useTranslations("imports");
  const words = useReasonWords(null);
  const { record, slug } = view;
  const failed = record.state === "failed";
  const title = failed
    ? t("failedTitle", { name: record.fileName })
    : t("resumeTitle", { name: record.fileName });
  return (
    <Card title={title}>
      <div className="grid grid-cols-1 gap-4">
        {failed && record.error && <Banner tone="error">{words.fault(record.error)}</Banner>}
        {!failed && (
          <p className="text-[13px] text-ink-2">
            {t("resumeText", { have: arrived, all: Math.ceil(record.bytes / record.chunkBytes) })}
          </p>
        )}
        {view.mayImport && <Upload slug={slug} maxBytes={maxBytes} />}
        {view.mayImport && <Discard slug={slug} id={record.id} name={record.fileName} />}
      </div>
    </Card>
  );
}

/** Deletes an import that has stored nothing. */
export function Discard({ slug, id, name }: { slug: string; id: number; name: string }) {
  const t = useTranslations("imports");
  const router = useRouter();
  const { act, busy } = useStepAct();
  return (
    <div>
      <ConfirmDialog
        trigger={<Button disabled={busy}>{t("discard")}</Button>}
        title={t("discardTitle", { name })}
        action={t("discard")}
        onConfirm={() =>
          act(async () => {
            const answer = await sendJson("DELETE", importApi(slug, id));
            if (answer.ok) router.push(`/w/${slug}/imports`);
            return answer;
          })
        }
        danger
      >
        {t("discardText")}
      </ConfirmDialog>
    </div>
  );
}
