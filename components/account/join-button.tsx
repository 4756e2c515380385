"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";

/** Accepts an invitation as the person who is signed in. */
export function JoinButton({ token, slug, workspace }: { token: string; slug: string; workspace: string }) {
  const t = useTranslations("invite");
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);

  async function join() {
    setSending(true);
    const answer = await postJson(`/api/invitations/${token}`, {});
    if (answer.ok) return window.location.assign(`/w/${slug}/home`);
    setSending(false);
    setFailure(answer.message);
  }

  return (
    <>
      <Button variant="primary" size="large" disabled={sending} onClick={join}>
        {t("join", { workspace })}
      </Button>
      {failure && (
        <p role="alert" className="mt-2 text-[13px] text-danger">
          {failure}
        </p>
      )}
    </>
  );
}
