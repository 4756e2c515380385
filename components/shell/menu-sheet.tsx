"use client";

import { Menu, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Brand } from "./brand";
import { RoomLinks } from "./room-links";

/** The rooms on a narrow window: a sheet from the left. */
export function MenuSheet({ slug }: { slug: string }) {
  const t = useTranslations("shell");
  const sheet = useRef<HTMLDialogElement>(null);

  function closeOutside(event: React.MouseEvent<HTMLDialogElement>) {
    const target = event.target as Element;
    if (target === sheet.current || target.closest("a")) sheet.current?.close();
  }

  return (
    <div className="lg:hidden">
      <button
        type="button"
        aria-label={t("openMenu")}
        onClick={() => sheet.current?.showModal()}
        className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-sunken"
      >
        <Menu aria-hidden size={18} />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself */}
      <dialog
        ref={sheet}
        aria-label={t("navigation")}
        onClick={closeOutside}
        className="m-0 h-dvh max-h-none w-64 border-r border-line bg-surface p-0 backdrop:bg-black/40"
      >
        <div className="flex h-full flex-col px-3 py-3">
          <div className="mb-4 flex items-center justify-between">
            <Brand />
            <button
              type="button"
              aria-label={t("closeMenu")}
              onClick={() => sheet.current?.close()}
              className="grid size-9 place-items-center rounded-md text-ink-2 hover:bg-sunken"
            >
              <X aria-hidden size={18} />
            </button>
          </div>
          <nav aria-label={t("navigation")}>
            <RoomLinks slug={slug} />
          </nav>
        </div>
      </dialog>
    </div>
  );
}
