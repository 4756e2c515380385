"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Role } from "@/lib/workspaces/schema";
import { Brand } from "./brand";
import { RoomLinks } from "./room-links";
import { SIDEBAR_COOKIE } from "./sidebar-cookie";

const YEAR_SECONDS = 31_536_000;

/** The rooms at the left of a wide window; its width is remembered by this browser. */
export function Sidebar({ slug, role, startNarrow }: { slug: string; role: Role; startNarrow: boolean }) {
  const t = useTranslations("shell");
  const [narrow, setNarrow] = useState(startNarrow);
  const Toggle = narrow ? PanelLeftOpen : PanelLeftClose;

  function toggle() {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox
    document.cookie = `${SIDEBAR_COOKIE}=${narrow ? "wide" : "narrow"}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    setNarrow(!narrow);
  }

  return (
    <aside
      className={classNames(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-surface px-2.5 py-3 lg:flex",
        narrow ? "w-15" : "w-52",
      )}
    >
      <div className="mb-4 flex h-8 items-center px-2">
        <Brand nameHidden={narrow} />
      </div>
      <nav aria-label={t("navigation")} className="min-h-0 flex-1 overflow-y-auto">
        <RoomLinks slug={slug} role={role} narrow={narrow} />
      </nav>
      <button
        type="button"
        onClick={toggle}
        aria-label={narrow ? t("expand") : t("collapse")}
        title={narrow ? t("expand") : t("collapse")}
        className="grid size-9 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <Toggle aria-hidden size={17} />
      </button>
    </aside>
  );
}
