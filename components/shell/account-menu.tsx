"use client";

import { LogOut } from "lucide-react";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { Popover } from "@/components/ui/popover";
import type { Role } from "@/lib/workspaces/schema";

/** Who is signed in, with which role here, and the way out. */
export function AccountMenu({ name, email, role }: { name: string; email: string; role: Role | null }) {
  const t = useTranslations();
  return (
    <Popover
      label={`${t("shell.account")} · ${t("shell.signedInAs", { name })}`}
      trigger={
        <span
          aria-hidden
          className="grid size-7 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
        >
          {[...name][0]?.toUpperCase()}
        </span>
      }
      triggerClassName="grid size-9 place-items-center rounded-md hover:bg-sunken"
      panelClassName="p-1.5"
      width={240}
    >
      <div className="border-b border-line px-2 pt-1 pb-2">
        <p className="font-medium">{name}</p>
        <p className="truncate text-ink-3">{email}</p>
        {role && <p className="mt-1 text-xs text-ink-2">{t(`roles.${role}`)}</p>}
      </div>
      <button
        type="button"
        onClick={() => signOut({ callbackUrl: "/sign-in" })}
        className="mt-1.5 flex h-9 w-full items-center gap-2 rounded-md px-2 hover:bg-sunken"
      >
        <LogOut aria-hidden size={16} className="text-ink-3" />
        {t("shell.signOut")}
      </button>
    </Popover>
  );
}
