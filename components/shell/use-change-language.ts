"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { postJson } from "@/components/ui/api";
import type { Locale } from "@/lib/platform/i18n/locale";

/** Reads on in another language; remembered by this browser and, when signed in, for the member. */
export function useChangeLanguage(): { change: (locale: Locale) => void; pending: boolean } {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const change = (locale: Locale) =>
    startTransition(async () => {
      await postJson("/api/preferences", { locale });
      router.refresh();
    });
  return { change, pending };
}
