"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { sendJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Hides the first steps from one's home and board, or shows them again. */
export function DismissButton({ slug, dismissed }: { slug: string; dismissed: boolean }) {
  const t = useTranslations("start");
  const router = useRouter();
  const [busy, startTransition] = useTransition();

  const change = () =>
    startTransition(async () => {
      const answer = await sendJson("PUT", `/api/workspaces/${slug}/start`, { dismissed: !dismissed });
      if (!answer.ok) return void toast.error(t("failed", { message: answer.message }), answer.requestId);
      if (!dismissed) toast.result(t("hiddenHint"));
      router.refresh();
    });

  return (
    <Button variant="link" onClick={change} disabled={busy}>
      {t(dismissed ? "show" : "hide")}
    </Button>
  );
}
