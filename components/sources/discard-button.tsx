"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { z } from "zod";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { type RejectionReason, rejectionReasons } from "@/lib/intake/rejection";
import { formatCount } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";

const answered = z.object({ discarded: z.number() });

/** Throws the refused events of a source and reason away, after asking once with their number. */
export function DiscardButton({
  slug,
  source,
  reason,
  count,
}: {
  slug: string;
  source: { id: number; name: string };
  reason: RejectionReason;
  count: number;
}) {
  const t = useTranslations("sources");
  const locale = useLocale();
  const router = useRouter();
  const number = formatCount(count, locale);

  async function discard() {
    const answer = await postJson(`/api/workspaces/${slug}/sources/${source.id}/discard`, { reason });
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    toast.result(t("discarded", { count: formatCount(answered.parse(answer.body).discarded, locale) }));
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={<Button size="small">{t("discard")}</Button>}
      title={t("discardTitle")}
      action={t("discardAction", { count: number })}
      onConfirm={discard}
      danger
    >
      {t("discardText", {
        source: source.name,
        reason: localName(rejectionReasons[reason], locale),
        count: number,
      })}
    </ConfirmDialog>
  );
}
