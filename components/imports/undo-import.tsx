"use client";

import { Undo2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { getJson, postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { formatCount } from "@/lib/platform/i18n/format";
import { useStepAct } from "./use-step-act";
import { importApi, importPath } from "./wizard-view";

const planned = z.object({
  events: z.number(),
  kept: z.object({ customers: z.number(), shown: z.array(z.string()) }),
});

/** Takes a whole import back: first says what goes and what stays, then asks once with the number in the button. */
export function UndoImport({ slug, id, name }: { slug: string; id: number; name: string }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const { act, busy } = useStepAct();
  const [looking, setLooking] = useState(false);
  const [plan, setPlan] = useState<z.infer<typeof planned> | null>(null);
  const url = `${importApi(slug, id)}/undo`;

  async function look() {
    setLooking(true);
    const answer = await getJson(url);
    setLooking(false);
    if (answer.ok) setPlan(planned.parse(answer.body));
    else toast.error(t("failed", { message: answer.message }), answer.requestId);
  }
  const events = formatCount(plan?.events ?? 0, locale);

  return (
    <>
      <Button disabled={busy || looking} aria-busy={looking} onClick={look}>
        <Undo2 aria-hidden size={15} />
        {looking ? t("undoLoading") : t("undo")}
      </Button>
      <ConfirmDialog
        open={plan !== null}
        onOpenChange={(open) => !open && setPlan(null)}
        title={t("undoTitle", { name })}
        action={t("undoAction", { events })}
        onConfirm={() => act(() => postJson(url, {}), importPath(slug, id, "import"))}
        danger
      >
        <p>{t("undoText", { events })}</p>
        {plan && plan.kept.customers > 0 && (
          <p className="mt-2">
            {t("undoKept", { count: plan.kept.customers, names: plan.kept.shown.join(", ") })}
          </p>
        )}
      </ConfirmDialog>
    </>
  );
}
