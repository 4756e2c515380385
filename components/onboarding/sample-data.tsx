"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { RefreshWhile } from "@/components/imports/refresh-while";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { postJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toast";
import type { SampleAct, SampleState } from "@/lib/onboarding/schema";

/** Loads an imagined shop, shows how far it is, and removes it again. Beside real customers it asks first. */
export function SampleData({
  slug,
  sample,
  realCustomers,
}: {
  slug: string;
  sample: SampleState;
  realCustomers: number;
}) {
  const t = useTranslations("start.sample");
  const say = useTranslations("start");
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const { present, run } = sample;

  const ask = (act: SampleAct) =>
    startTransition(async () => {
      const answer = await postJson(`/api/workspaces/${slug}/sample`, { act });
      if (!answer.ok) toast.error(say("failed", { message: answer.message }), answer.requestId);
      router.refresh();
    });

  if (run?.state === "working") return <Working run={run} />;

  const loadButton = (label: string) => (
    <Button disabled={busy} onClick={realCustomers > 0 ? undefined : () => ask("load")}>
      {label}
    </Button>
  );
  const load = (label: string) =>
    realCustomers > 0 ? (
      <ConfirmDialog
        trigger={loadButton(label)}
        title={t("loadTitle")}
        action={t("load")}
        onConfirm={() => ask("load")}
      >
        {t("loadAsk", { count: realCustomers })}
      </ConfirmDialog>
    ) : (
      loadButton(label)
    );
  const remove = (
    <ConfirmDialog
      trigger={<Button disabled={busy}>{t("remove")}</Button>}
      title={t("removeTitle")}
      action={t("remove")}
      onConfirm={() => ask("remove")}
      danger
    >
      {t("removeAsk")}
    </ConfirmDialog>
  );

  if (run?.state === "failed")
    return (
      <div className="grid gap-2">
        <Banner tone="error">{t(run.act === "load" ? "failedLoad" : "failedRemove")}</Banner>
        <div className="flex flex-wrap gap-2">
          {run.act === "load" && load(t("retry"))}
          {present && remove}
        </div>
      </div>
    );
  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-[13px] text-ink-2">{t(present ? "present" : "about")}</p>
      {present ? remove : load(t("load"))}
    </div>
  );
}

function Working({ run: { act, done, total } }: { run: NonNullable<SampleState["run"]> }) {
  const t = useTranslations("start.sample");
  const label = () => {
    if (total === 0) return t("starting");
    if (act === "remove") return t("removing", { done, total });
    return done < total ? t("loading", { done, total }) : t("judging");
  };
  return (
    <div className="grid gap-1.5" role="status">
      <RefreshWhile working />
      <p className="text-[13px] text-ink-2">{label()}</p>
      <Progress
        value={total === 0 || done >= total ? null : done}
        max={Math.max(1, total)}
        label={t("title")}
      />
    </div>
  );
}
