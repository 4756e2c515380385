"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { runCommand } from "@/components/commands/registry";
import { Kbd } from "@/components/ui/kbd";

/** Opens the palette for those who do not know its key yet. */
export function SearchButton() {
  const t = useTranslations("palette");
  return (
    <button
      type="button"
      aria-label={t("open")}
      title={t("open")}
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => runCommand("palette")}
      className="flex h-9 items-center gap-2 rounded-md px-2.5 text-ink-2 hover:bg-sunken hover:text-ink xl:border xl:border-line xl:pr-1.5"
    >
      <Search aria-hidden size={16} />
      <span aria-hidden className="hidden items-center gap-2 text-[13px] text-ink-3 xl:flex">
        {t("open")}
        <Kbd>{t("ctrlK")}</Kbd>
      </span>
    </button>
  );
}
