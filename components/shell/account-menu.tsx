"use client";

import { Keyboard, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { runCommand } from "@/components/commands/registry";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import type { Role } from "@/lib/workspaces/schema";

/** Who is signed in, with which role here, and the way out. */
export function AccountMenu({ name, email, role }: { name: string; email: string; role: Role }) {
  const t = useTranslations();
  const label = `${t("shell.account")} · ${t("shell.signedInAs", { name })}`;
  return (
    <DropdownMenu
      align="end"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="grid size-9 place-items-center rounded-md hover:bg-sunken"
        >
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
          >
            {[...name][0]?.toUpperCase()}
          </span>
        </button>
      }
    >
      <div className="px-2 pt-1">
        <p className="font-medium">{name}</p>
        <p className="truncate text-ink-3">{email}</p>
        <p className="mt-1 text-xs text-ink-2">{t(`roles.${role}`)}</p>
      </div>
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("shortcuts")}>
        <Keyboard aria-hidden size={16} className="text-ink-3" />
        {t("palette.shortcuts")}
      </MenuItem>
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden size={16} className="text-ink-3" />
          {t("shell.account")}
        </Link>
      </MenuItem>
      <MenuItem onSelect={() => signOut({ callbackUrl: "/sign-in" })}>
        <LogOut aria-hidden size={16} className="text-ink-3" />
        {t("shell.signOut")}
      </MenuItem>
    </DropdownMenu>
  );
}
