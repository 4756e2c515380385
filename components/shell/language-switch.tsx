"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useChangeLanguage } from "./use-change-language";

/** Goes to the other language. */
export function LanguageSwitch() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { change, pending } = useChangeLanguage();
  const other =
    locale === "zh-CN"
      ? ({ locale: "en", name: "English" } as const)
      : ({ locale: "zh-CN", name: "中文" } as const);

  return (
    <button
      type="button"
      onClick={() => change(other.locale)}
      disabled={pending}
      title={t("language")}
      className="flex h-9 items-center gap-1.5 rounded-md px-2 text-ink-2 hover:bg-sunken hover:text-ink"
    >
      <Languages aria-hidden size={16} />
      <span className="sr-only">{t("language")}: </span>
      <span lang={other.locale} className="text-[13px] max-sm:sr-only">
        {other.name}
      </span>
    </button>
  );
}
