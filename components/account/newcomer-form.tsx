"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useRefusalWords } from "./refusal-words";

/** Accepts an invitation with a name and a password, and signs in. */
export function NewcomerForm({
  token,
  slug,
  email,
  provider,
}: {
  token: string;
  slug: string;
  email: string;
  /** Name of the company's sign-in, which accepts the invitation by itself. */
  provider: string | null;
}) {
  const t = useTranslations();
  const refusalWords = useRefusalWords();
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const home = `/w/${slug}/home`;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const password = String(data.get("password"));
    setSending(true);
    const answer = await postJson(`/api/invitations/${token}`, { name: String(data.get("name")), password });
    if (!answer.ok) {
      setSending(false);
      return setFailure(refusalWords(answer));
    }
    const entered = await signIn("credentials", { redirect: false, email, password }).catch(() => null);
    window.location.assign(entered?.ok ? home : `/sign-in?to=${home}`);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={t("signIn.email")}>
        <Input type="email" value={email} readOnly autoComplete="username" />
      </Field>
      <Field label={t("invite.name")} hint={t("invite.nameHint")} required>
        <Input name="name" autoComplete="name" maxLength={100} />
      </Field>
      <Field label={t("invite.password")} hint={t("account.newPasswordHint")} error={failure} required>
        <Input name="password" type="password" autoComplete="new-password" />
      </Field>
      <Button type="submit" variant="primary" size="large" disabled={sending}>
        {t("invite.accept")}
      </Button>
      {provider && (
        <Button size="large" disabled={sending} onClick={() => signIn("oidc", { callbackUrl: home })}>
          {t("signIn.with", { provider })}
        </Button>
      )}
    </form>
  );
}
