"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DropdownMenu, MenuItem, MenuLabel } from "@/components/ui/dropdown-menu";
import type { Role } from "@/lib/workspaces/schema";

export interface WorkspaceChoice {
  slug: string;
  name: string;
  role: Role;
}

/** The workspace one is in, and the others one may go to. */
export function WorkspaceSwitch({ current, choices }: { current: string; choices: WorkspaceChoice[] }) {
  const t = useTranslations();
  const name = choices.find((one) => one.slug === current)?.name ?? current;
  const label = t("shell.switchWorkspace", { name });
  return (
    <DropdownMenu
      className="w-72"
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="flex h-9 min-w-0 max-w-64 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-sunken"
        >
          <span className="truncate">{name}</span>
          <ChevronsUpDown aria-hidden size={14} className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuLabel>{t("shell.workspace")}</MenuLabel>
      {choices.map((one) => (
        <MenuItem key={one.slug} asChild>
          <Link href={`/w/${one.slug}/home`} aria-current={one.slug === current ? "true" : undefined}>
            <span className="min-w-0 flex-1 truncate">{one.name}</span>
            <span className="text-xs text-ink-3">{t(`roles.${one.role}`)}</span>
            <Check aria-hidden size={14} className={one.slug === current ? "text-accent" : "invisible"} />
          </Link>
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
