"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Role } from "@/lib/workspaces/schema";

interface Demo {
  signIns: { email: string; role: Role }[];
  password: string;
}

type Refusal = { reason: "wrong" | "unreachable" } | { reason: "wait"; seconds: number };

function refusalOf(error: string): Refusal {
  if (error.startsWith("wait:")) return { reason: "wait", seconds: Number(error.slice("wait:".length)) };
  return { reason: error === "CredentialsSignin" ? "wrong" : "unreachable" };
}

/** Email and password, the company's sign-in where one is set, and the demo accounts where there are any. */
export function SignInForm({
  demo,
  provider,
  to,
}: {
  demo: Demo | null;
  /** Name of the company's sign-in. */
  provider: string | null;
  /** The page to go on to. */
  to: string;
}) {
  const t = useTranslations();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const field =
    "mt-1 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-ink aria-invalid:border-danger";

  async function enter(email: string, password: string) {
    setBusy(true);
    setRefusal(null);
    const outcome = await signIn("credentials", { redirect: false, email, password }).catch(() => null);
    if (outcome?.ok && !outcome.error) {
      // A full load: nothing a page kept from before signing in survives.
      window.location.assign(to);
      return;
    }
    setRefusal(refusalOf(outcome?.error ?? "unreachable"));
    setBusy(false);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void enter(String(form.get("email")), String(form.get("password")));
  }

  return (
    <>
      <form onSubmit={submit} className="mt-2 grid gap-4 rounded-card border border-line bg-surface p-5">
        <label className="text-[13px] text-ink-2">
          {t("signIn.email")}
          <input
            name="email"
            type="email"
            autoComplete="username"
            required
            aria-invalid={refusal?.reason === "wrong" || undefined}
            aria-describedby={refusal ? "sign-in-refusal" : undefined}
            className={field}
          />
        </label>
        <label className="text-[13px] text-ink-2">
          {t("signIn.password")}
          <input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            aria-invalid={refusal?.reason === "wrong" || undefined}
            aria-describedby={refusal ? "sign-in-refusal" : undefined}
            className={field}
          />
        </label>
        {refusal && (
          <p id="sign-in-refusal" role="alert" className="text-[13px] text-danger">
            {refusal.reason === "wait"
              ? t("signIn.wait", { seconds: refusal.seconds })
              : t(`signIn.${refusal.reason}`)}
          </p>
        )}
        <Button type="submit" variant="primary" size="large" disabled={busy}>
          {busy ? t("signIn.submitting") : t("signIn.submit")}
        </Button>
        {provider && (
          <Button size="large" disabled={busy} onClick={() => signIn("oidc", { callbackUrl: to })}>
            {t("signIn.with", { provider })}
          </Button>
        )}
      </form>
      {demo && (
        <section aria-labelledby="demo-sign-ins" className="rounded-card border border-line p-5">
          <h2 id="demo-sign-ins" className="font-medium">
            {t("signIn.demoTitle")}
          </h2>
          <p className="mt-0.5 text-[13px] text-ink-2">
            {t.rich("signIn.demoHint", {
              password: () => <code className="rounded bg-sunken px-1 font-mono">{demo.password}</code>,
            })}
          </p>
          <ul className="mt-2 divide-y divide-line">
            {demo.signIns.map(({ email, role }) => (
              <li key={email} className="flex items-center justify-between gap-2 py-2 text-[13px]">
                <span className="min-w-0">
                  <span className="block font-medium">{t(`roles.${role}`)}</span>
                  <span className="block truncate text-ink-3">{email}</span>
                </span>
                <Button
                  disabled={busy}
                  aria-label={t("signIn.demoUse", { role: t(`roles.${role}`) })}
                  onClick={() => enter(email, demo.password)}
                >
                  {t("signIn.submit")}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
