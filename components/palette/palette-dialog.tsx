"use client";

import { User } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useEffect, useMemo, useState } from "react";
import { useOffered } from "@/components/commands/registry";
import { useCommandName } from "@/components/commands/use-command-name";
import type { WorkspaceChoice } from "@/components/shell/workspace-switch";
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { dialogBackdrop } from "@/components/ui/dialog";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import type { Role } from "@/lib/workspaces/schema";
import { type InitialsOf, indexOf, search } from "./match";
import { type PaletteEntry, paletteEntries } from "./palette-entries";
import { useFoundCustomers } from "./use-found-customers";

const groups = ["pages", "actions", "range", "workspaces"] as const;

/** Pages, customers, workspaces and acts by a few letters of their Chinese or English name or of its pinyin. */
export default function PaletteDialog({
  slug,
  role,
  choices,
  onClose,
}: {
  slug: string;
  role: Role;
  choices: readonly WorkspaceChoice[];
  onClose: () => void;
}) {
  const t = useTranslations("palette");
  const router = useRouter();
  const nameOf = useCommandName();
  const offered = useOffered();
  const returnFocus = useReturnFocus();
  const [typed, setTyped] = useState("");
  const [initialsOf, setInitialsOf] = useState<InitialsOf | null>(null);
  const customers = useFoundCustomers(slug, typed);

  // The dictionary of pinyin is the largest part: names can be searched before it is there.
  useEffect(() => {
    void import("./initials").then(({ pinyinInitials }) => setInitialsOf(() => pinyinInitials));
  }, []);

  const entries = useMemo(
    () => paletteEntries({ slug, role, choices, offered, nameOf, goTo: (path) => router.push(path) }),
    [slug, role, choices, offered, nameOf, router],
  );
  const index = useMemo(() => indexOf(entries, initialsOf ?? (() => "")), [entries, initialsOf]);
  const fitting = search(index, typed);

  function run(act: () => void) {
    onClose();
    // The dialog gives the focus back first; an act may take it.
    setTimeout(act);
  }

  const item = ({ id, icon: Icon, label, run: act }: PaletteEntry) => (
    <CommandItem key={id} value={id} onSelect={() => run(act)}>
      <Icon aria-hidden size={16} className="shrink-0 text-ink-3" />
      <span className="truncate">{label}</span>
    </CommandItem>
  );

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialogBackdrop} />
        <Dialog.Content
          {...returnFocus}
          aria-describedby={undefined}
          className="appear fixed top-[10dvh] left-1/2 z-50 w-[min(36rem,calc(100vw-1rem))] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-surface shadow-xl shadow-black/10"
        >
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <Command shouldFilter={false} loop label={t("title")}>
            <CommandInput value={typed} onValueChange={setTyped} placeholder={t("placeholder")} />
            <CommandList label={t("results")}>
              {fitting.length === 0 && customers.length === 0 && (
                <p role="status" className="px-2 py-6 text-center text-[13px] text-ink-3">
                  {t("nothing", { typed })}
                </p>
              )}
              {customers.length > 0 && (
                <CommandGroup heading={t("groups.customers")}>
                  {customers.map(({ customerId, displayKey }) => (
                    <CommandItem
                      key={customerId}
                      value={`customer:${customerId}`}
                      onSelect={() => run(() => router.push(`/w/${slug}/customers/${customerId}`))}
                    >
                      <User aria-hidden size={16} className="shrink-0 text-ink-3" />
                      <span className="truncate">{displayKey}</span>
                    </CommandItem>
                  ))}
                </CommandGroup>
              )}
              {groups.map((group) => {
                const inGroup = fitting.filter((entry) => entry.group === group);
                return (
                  inGroup.length > 0 && (
                    <CommandGroup key={group} heading={t(`groups.${group}`)}>
                      {inGroup.map(item)}
                    </CommandGroup>
                  )
                );
              })}
            </CommandList>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
