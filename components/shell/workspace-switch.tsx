"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Popover } from "@/components/ui/popover";
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
  return (
    <Popover
      label={t("shell.switchWorkspace", { name })}
      trigger={
        <>
          <span className="truncate">{name}</span>
          <ChevronsUpDown aria-hidden size={14} className="shrink-0 text-ink-3" />
        </>
      }
      triggerClassName="flex h-9 min-w-0 max-w-64 items-center gap-1.5 rounded-md px-2 font-medium hover:bg-sunken"
      panelClassName="p-1.5"
    >
      <p className="px-2 py-1 text-xs text-ink-3">{t("shell.workspace")}</p>
      <ul>
        {choices.map((one) => (
          <li key={one.slug}>
            <Link
              href={`/w/${one.slug}/board`}
              aria-current={one.slug === current ? "true" : undefined}
              className="flex min-h-9 items-center gap-2 rounded-md px-2 py-1 hover:bg-sunken"
            >
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              <span className="text-xs text-ink-3">{t(`roles.${one.role}`)}</span>
              <Check aria-hidden size={14} className={one.slug === current ? "text-accent" : "invisible"} />
            </Link>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
