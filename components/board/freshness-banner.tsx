"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";
import { Banner } from "@/components/ui/banner";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";

const LOOK_AGAIN_MS = 5_000;

/** Says that the numbers are still moving and why, and looks again until they stand. */
export function FreshnessBanner({
  settledOn,
  to,
  pending,
}: {
  settledOn: Day | null;
  to: Day;
  pending: number;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const router = useRouter();

  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [router]);

  const words =
    settledOn === null
      ? t("never")
      : settledOn < to
        ? t("unsettled", { settled: formatDay(settledOn, locale), to: formatDay(to, locale) })
        : t("computing", { pending: formatCount(pending, locale) });
  return <Banner tone="working">{words}</Banner>;
}
