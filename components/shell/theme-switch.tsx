"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { DropdownMenu, MenuChoice, MenuChoices } from "@/components/ui/dropdown-menu";

export const themes = [
  { key: "light", label: "themeLight", icon: Sun },
  { key: "dark", label: "themeDark", icon: Moon },
  { key: "system", label: "themeSystem", icon: Monitor },
] as const;

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t("theme")}
          title={t("theme")}
          className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
        >
          <Sun aria-hidden size={16} className="[.dark_&]:hidden" />
          <Moon aria-hidden size={16} className="hidden [.dark_&]:block" />
        </button>
      }
    >
      <MenuChoices value={theme} onValueChange={setTheme}>
        {themes.map(({ key, label, icon: Icon }) => (
          <MenuChoice key={key} value={key}>
            <Icon aria-hidden size={16} className="text-ink-3" />
            {t(label)}
          </MenuChoice>
        ))}
      </MenuChoices>
    </DropdownMenu>
  );
}
