"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useLocale } from "next-intl";
import { useTheme } from "next-themes";
import { useState } from "react";
import { useCommand } from "@/components/commands/registry";
import { useKeyboard } from "@/components/commands/use-keyboard";
import { type Locale, locales } from "@/lib/platform/i18n/locale";
import type { Role } from "@/lib/workspaces/schema";
import { type Room, roomsOf } from "./rooms";
import { useChangeLanguage } from "./use-change-language";
import type { WorkspaceChoice } from "./workspace-switch";

const PaletteDialog = dynamic(() => import("@/components/palette/palette-dialog"), { ssr: false });
const ShortcutsSheet = dynamic(
  () => import("@/components/commands/shortcuts-sheet").then((m) => m.ShortcutsSheet),
  { ssr: false },
);

/** What the keyboard and the palette can do on every page of a workspace. Loads the palette when it is first asked for. */
export function ShellCommands({
  slug,
  role,
  choices,
}: {
  slug: string;
  role: Role;
  choices: WorkspaceChoice[];
}) {
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const { resolvedTheme, setTheme } = useTheme();
  const rooms = roomsOf(role).flatMap((group) => group.rooms);
  useKeyboard();
  useCommand("palette", () => setOpen("palette"));
  useCommand("shortcuts", () => setOpen("shortcuts"));
  useCommand("theme", () => setTheme(resolvedTheme === "dark" ? "light" : "dark"));
  useCommand("theme:light", () => setTheme("light"));
  useCommand("theme:dark", () => setTheme("dark"));
  useCommand("theme:system", () => setTheme("system"));
  useCommand("sign-out", () => void signOut({ callbackUrl: "/sign-in" }));
  useCommand("filter", focusFilter);
  return (
    <>
      {rooms.map((room) => (
        <GoTo key={room.path} slug={slug} room={room} />
      ))}
      {locales.map((locale) => (
        <LanguageCommand key={locale} locale={locale} />
      ))}
      {open === "palette" && (
        <PaletteDialog slug={slug} role={role} choices={choices} onClose={() => setOpen(null)} />
      )}
      {open === "shortcuts" && (
        <ShortcutsSheet open onOpenChange={(stay) => setOpen(stay ? "shortcuts" : null)} />
      )}
    </>
  );
}

/** The control a page marks with `data-page-filter`. */
function focusFilter(): void {
  document.querySelector<HTMLElement>("[data-page-filter]")?.focus();
}

function GoTo({ slug, room: { path } }: { slug: string; room: Room }) {
  const router = useRouter();
  useCommand(`go:${path}`, () => router.push(`/w/${slug}/${path}`));
  return null;
}

function LanguageCommand({ locale }: { locale: Locale }) {
  const current = useLocale();
  const { change } = useChangeLanguage();
  useCommand(`language:${locale}`, current === locale ? null : () => change(locale));
  return null;
}
