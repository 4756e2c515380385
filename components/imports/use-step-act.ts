"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { Answer } from "@/components/ui/api";
import { toast } from "@/components/ui/toast";

/** Does one act of the wizard at a time: sends it, says what went wrong, and shows the import as it is afterwards. */
export function useStepAct() {
  const t = useTranslations("imports");
  const router = useRouter();
  const [sending, setSending] = useState(false);
  const [refreshing, startTransition] = useTransition();

  async function act(send: () => Promise<Answer>, goTo?: string): Promise<void> {
    setSending(true);
    const answer = await send();
    setSending(false);
    if (!answer.ok) {
      toast.error(t("failed", { message: answer.message }), answer.requestId);
      return startTransition(() => router.refresh());
    }
    startTransition(() => {
      if (goTo) router.push(goTo);
      router.refresh();
    });
  }
  return { act, busy: sending || refreshing };
}
