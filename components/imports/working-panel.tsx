"use client";

import { useLocale, useTranslations } from "next-intl";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import type { Progress as Reached } from "@/lib/importing/console/schema";
import { formatCount, formatShare } from "@/lib/platform/i18n/format";
import { useProgress } from "./use-progress";
import { useStepAct } from "./use-step-act";
import { importApi, type WizardView } from "./wizard-view";

/** A step a worker is at, or will be: how far, how fast, how long still, and a way to stop it. */
export function WorkingPanel({ view, title }: { view: WizardView; title: string }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const { record, slug } = view;
  const { progress, ahead, stopping } = useProgress(slug, record.id, record.state);
  const { act, busy } = useStepAct();
  const stop = (keeping: boolean) => act(() => postJson(`${importApi(slug, record.id)}/stop`, { keeping }));
  const share = progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
  const words = progress
    ? share === null || progress.phase === "effect" || progress.phase === "drain"
      ? t(`phases.${progress.phase}`)
      : t("progressOf", {
          phase: t(`phases.${progress.phase}`),
          percent: formatShare(share, 1, locale) ?? "",
        })
    : ahead > 0
      ? t("waitingBehind", { count: ahead })
      : t("waiting");
  const isOver = progress === null || progress.phase === "effect" || progress.phase === "drain";

  return (
    <Card title={title}>
      <div className="grid gap-3" role="status">
        <p className="text-[13px] text-ink-2">{words}</p>
        <Progress value={share === null || isOver ? null : share * 100} label={words} />
        {progress && (
          <p className="num text-[13px] text-ink-2">
            {t("progressRows", {
              rows: formatCount(progress.rows, locale),
              rate: formatCount(rateOf(progress), locale),
            })}
            {secondsLeft(progress, share) !== null &&
              ` · ${t("eta", { seconds: secondsLeft(progress, share)! })}`}
          </p>
        )}
        <p className="text-[13px] text-ink-3">{t("canLeave")}</p>
      </div>
      {view.mayImport && record.state !== "undoing" && (
        <div className="mt-3 flex justify-end">
          {stopping || record.stop ? (
            <Button disabled>{t("stopping")}</Button>
          ) : record.state === "checking" ? (
            <Button disabled={busy} onClick={() => stop(true)}>
              {t("stop")}
            </Button>
          ) : (
            <Dialog
              trigger={<Button disabled={busy}>{t("stop")}</Button>}
              title={t("stopTitle")}
              hint={t("stopText", { rows: formatCount(progress?.rows ?? 0, locale) })}
            >
              <DialogActions>
                <DialogClose asChild>
                  <Button onClick={() => stop(true)}>{t("stopKeep")}</Button>
                </DialogClose>
                <DialogClose asChild>
                  <Button variant="danger" onClick={() => stop(false)}>
                    {t("stopUndo")}
                  </Button>
                </DialogClose>
              </DialogActions>
            </Dialog>
          )}
        </div>
      )}
    </Card>
  );
}

const secondsOf = ({ sinceMs, atMs }: Reached): number => Math.max(0, atMs - sinceMs) / 1_000;

const rateOf = (progress: Reached): number => {
  const seconds = secondsOf(progress);
  return seconds > 0.5 ? Math.round(progress.rows / seconds) : 0;
};

/** Seconds still to go at this pace; null while nobody can tell. */
function secondsLeft(progress: Reached, share: number | null): number | null {
  const seconds = secondsOf(progress);
  if (share === null || share < 0.02 || seconds < 1 || progress.phase === "effect") return null;
  return Math.ceil((seconds / share) * (1 - share));
}
