"use client";

import { LoaderCircle, StepForward } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { z } from "zod";
import { useCommand } from "@/components/commands/registry";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { addDays, type Day, day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";

const advanced = z.object({ asOf: day, transitions: z.number().int() });

/** Sets a standing clock one day on, waits for the recompute, and shows the new day. */
export function AdvanceDay({ slug, today }: { slug: string; today: Day }) {
  const t = useTranslations("clock");
  const locale = useLocale();
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const [computing, setComputing] = useState(false);
  const [refreshing, startTransition] = useTransition();
  const busy = computing || refreshing;

  async function advance() {
    setComputing(true);
    const answer = await postJson(`/api/workspaces/${slug}/clock`, { days: 1 });
    setComputing(false);
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    const { asOf, transitions } = advanced.parse(answer.body);
    toast.result(t("advanced", { day: formatDay(asOf, locale), count: transitions }));
    startTransition(() => follow());
  }

  /** A period that ended on the old day moves along; any other stays where the reader put it. */
  function follow() {
    const params = new URLSearchParams(search);
    if (params.get("to") === today) {
      for (const name of ["from", "to"]) {
        const chosen = day.safeParse(params.get(name));
        if (chosen.success) params.set(name, addDays(chosen.data, 1));
      }
      router.replace(`${pathname}?${params}`);
    }
    router.refresh();
  }

  useCommand("advance-day", busy ? null : advance);

  return (
    <Button
      onClick={advance}
      disabled={busy}
      aria-busy={busy}
      title={t("advance")}
      className="max-sm:size-8 max-sm:px-0"
    >
      {busy ? (
        <LoaderCircle aria-hidden size={15} className="motion-safe:animate-spin" />
      ) : (
        <StepForward aria-hidden size={15} />
      )}
      <span role="status" className="max-sm:sr-only">
        {busy ? t("advancing") : t("advance")}
      </span>
    </Button>
  );
}
