"use client";

import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Popover } from "@/components/ui/popover";

const themes = [
  { key: "light", label: "themeLight", icon: Sun },
  { key: "dark", label: "themeDark", icon: Moon },
  { key: "system", label: "themeSystem", icon: Monitor },
] as const;

const nothingToWatch = () => () => {};

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  // The server does not know the choice: marks appear once the browser has taken over.
  const inBrowser = useSyncExternalStore(
    nothingToWatch,
    () => true,
    () => false,
  );
  return (
    <Popover
      label={t("theme")}
      trigger={
        <>
          <Sun aria-hidden size={16} className="[.dark_&]:hidden" />
          <Moon aria-hidden size={16} className="hidden [.dark_&]:block" />
        </>
      }
      triggerClassName="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
      panelClassName="p-1.5"
      width={180}
    >
      {themes.map(({ key, label, icon: Icon }) => {
        const chosen = inBrowser && theme === key;
        return (
          <button
            key={key}
            type="button"
            data-close
            aria-pressed={chosen}
            onClick={() => setTheme(key)}
            className="flex h-9 w-full items-center gap-2 rounded-md px-2 hover:bg-sunken"
          >
            <Icon aria-hidden size={16} className="text-ink-3" />
            <span className="flex-1 text-left">{t(label)}</span>
            <Check aria-hidden size={14} className={chosen ? "text-accent" : "invisible"} />
          </button>
        );
      })}
    </Popover>
  );
}
