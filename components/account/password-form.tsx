"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { z } from "zod";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useRefusalWords } from "./refusal-words";

const changed = z.object({ signedOut: z.number().int() });

/** Changes the password: the present one, and the new one once. */
export function PasswordForm() {
  const t = useTranslations("account");
  const refusalWords = useRefusalWords();
  const [failure, setFailure] = useState<{ field: "password" | "next"; text: string } | null>(null);
  const [sending, setSending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setSending(true);
    const answer = await postJson("/api/account/password", {
      password: String(data.get("password")),
      next: String(data.get("next")),
    });
    setSending(false);
    if (!answer.ok) {
      const field =
        answer.details.reason === "wrong" || answer.details.reason === "wait" ? "password" : "next";
      return setFailure({ field, text: refusalWords(answer) });
    }
    setFailure(null);
    form.reset();
    toast.result(t("passwordChanged", { count: changed.parse(answer.body).signedOut }));
  }

  return (
    <form onSubmit={submit} className="grid max-w-sm gap-4">
      <Field label={t("presentPassword")} error={failure?.field === "password" && failure.text} required>
        <Input name="password" type="password" autoComplete="current-password" />
      </Field>
      <Field
        label={t("newPassword")}
        hint={t("newPasswordHint")}
        error={failure?.field === "next" && failure.text}
        required
      >
        <Input name="next" type="password" autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" disabled={sending} className="justify-self-start">
        {t("changePassword")}
      </Button>
    </form>
  );
}
