"use client";

import { Languages } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTransition } from "react";
import { postJson } from "@/components/ui/api";

/** Goes to the other language; remembered by this browser and, when signed in, for the member. */
export function LanguageSwitch() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const other =
    locale === "zh-CN"
      ? ({ locale: "en", name: "English" } as const)
      : ({ locale: "zh-CN", name: "中文" } as const);

  const change = () =>
    startTransition(async () => {
      await postJson("/api/preferences", { locale: other.locale });
      router.refresh();
    });

  return (
    <button
      type="button"
      onClick={change}
      disabled={pending}
      title={t("language")}
      className="flex h-9 items-center gap-1.5 rounded-md px-2 text-ink-2 hover:bg-sunken hover:text-ink"
    >
      <Languages aria-hidden size={16} />
      <span className="sr-only">{t("language")}: </span>
      <span lang={other.locale} className="text-[13px]">
        {other.name}
      </span>
    </button>
  );
}
