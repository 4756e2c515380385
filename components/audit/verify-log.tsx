"use client";

import { ShieldCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { getJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Info } from "@/components/ui/info";
import { toast } from "@/components/ui/toast";
import { formatCount } from "@/lib/platform/i18n/format";

const verified = z.object({ entries: z.number(), head: z.string(), brokenAt: z.number().nullable() });

/** Follows the chain and says whether it is whole, with its last hash to keep, or where it is broken. */
export function VerifyLog({ slug }: { slug: string }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<z.infer<typeof verified> | null>(null);

  async function verify() {
    setBusy(true);
    const answer = await getJson(`/api/workspaces/${slug}/audit/verify`);
    setBusy(false);
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    setResult(verified.parse(answer.body));
  }

  const entries = result ? formatCount(result.entries, locale) : "";
  return (
    <div className="grid min-w-0 gap-2">
      <p className="flex items-center gap-1">
        <Button onClick={verify} disabled={busy} aria-busy={busy}>
          <ShieldCheck aria-hidden size={15} />
          {t(busy ? "verifying" : "verify")}
        </Button>
        <Info label={t("verify")}>{t("verifyAbout")}</Info>
      </p>
      {result && (
        <Banner tone={result.brokenAt === null ? "success" : "error"}>
          {result.brokenAt === null
            ? t("whole", { entries })
            : t("broken", { entries, seq: formatCount(result.brokenAt, locale) })}
          <span className="mt-1 flex items-center gap-1 text-xs">
            {t("head")} <code className="min-w-0 break-all">{result.head}</code>
            <CopyButton value={result.head} label={t("copyHead")} />
          </span>
        </Banner>
      )}
    </div>
  );
}
