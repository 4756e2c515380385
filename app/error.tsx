"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that failed: what happened, that data is safe, the id to quote, and the way out. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("states");
  return (
    <main className="mx-auto max-w-4xl px-4 py-8">
      <EmptyState heading="h1" title={t("errorTitle")} text={t("errorText")}>
        {error.digest && <p className="num mb-3 text-ink-3">{t("errorId", { id: error.digest })}</p>}
        <Button onClick={reset}>{t("retry")}</Button>
      </EmptyState>
    </main>
  );
}
