"use client";

import { Check, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Command, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover } from "@/components/ui/popover";
import type { Tag } from "@/lib/customers/tags-schema";
import { TagDot } from "./tag-chip";

/** Choose a tag by typing; with `onCreate` a name nobody has used makes a new one. */
export function TagMenu({
  trigger,
  label,
  tags,
  marked,
  onChoose,
  onCreate,
}: {
  trigger: ReactNode;
  label: string;
  tags: readonly Tag[];
  /** Tags that are chosen already. */
  marked?: readonly number[];
  onChoose: (tag: Tag) => void;
  onCreate?: (name: string) => void;
}) {
  const t = useTranslations("tags");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const name = text.trim();
  const found = tags.filter((tag) => tag.name.toLowerCase().includes(name.toLowerCase()));
  const isNew =
    name !== "" && name.length <= 40 && !tags.some((tag) => tag.name.toLowerCase() === name.toLowerCase());
  const done = (act: () => void) => () => {
    setOpen(false);
    setText("");
    act();
  };
  return (
    <Popover trigger={trigger} label={label} open={open} onOpenChange={setOpen} className="w-64 p-0">
      <Command label={label} shouldFilter={false}>
        <CommandInput value={text} onValueChange={setText} placeholder={t("search")} className="h-10" />
        <CommandList className="max-h-64">
          {found.map((tag) => (
            <CommandItem key={tag.id} value={String(tag.id)} onSelect={done(() => onChoose(tag))}>
              <TagDot color={tag.color} />
              <span className="min-w-0 flex-1 truncate">{tag.name}</span>
              {marked?.includes(tag.id) && <Check aria-hidden size={14} className="text-accent" />}
            </CommandItem>
          ))}
          {onCreate && isNew && (
            <CommandItem value="new" onSelect={done(() => onCreate(name))}>
              <Plus aria-hidden size={14} />
              {t("create", { name })}
            </CommandItem>
          )}
          {found.length === 0 && !(onCreate && isNew) && (
            <p className="px-2 py-3 text-ink-3">{t(tags.length === 0 && onCreate ? "none" : "noMatch")}</p>
          )}
        </CommandList>
      </Command>
    </Popover>
  );
}
