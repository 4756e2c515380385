"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Sheet } from "@/components/ui/sheet";
import type { Role } from "@/lib/workspaces/schema";
import { Brand } from "./brand";
import { RoomLinks } from "./room-links";

/** The rooms on a narrow window: a sheet from the left. */
export function MenuSheet({ slug, role }: { slug: string; role: Role }) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      side="left"
      open={open}
      onOpenChange={setOpen}
      title={<Brand />}
      trigger={
        <button
          type="button"
          aria-label={t("openMenu")}
          className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-sunken lg:hidden"
        >
          <Menu aria-hidden size={18} />
        </button>
      }
    >
      <nav aria-label={t("navigation")}>
        <RoomLinks slug={slug} role={role} onGo={() => setOpen(false)} />
      </nav>
    </Sheet>
  );
}
