"use client";

import { Bookmark, BookmarkPlus, Check, ChevronDown, Settings2, Star } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import type { RangePreset } from "@/lib/platform/http/day-range";
import type { SavedView, ViewPage } from "@/lib/views/schema";
import { showsView } from "@/lib/views/view-address";
import { ManageViewsDialog } from "./manage-views-dialog";
import { SaveViewDialog } from "./save-view-dialog";

/** The views of a page: opens one, saves what the address shows now, and manages what is saved. */
export function SavedViews({
  slug,
  page,
  views,
  standard,
  presets,
}: {
  slug: string;
  page: ViewPage;
  views: readonly SavedView[];
  /** The query that shows the page as it comes, whatever view is starred. */
  standard: string;
  /** The presets the present period is; null on a page without a period. */
  presets: readonly RangePreset[] | null;
}) {
  const t = useTranslations("views");
  const [open, setOpen] = useState<"save" | "manage" | null>(null);
  const current = useSearchParams().toString();
  const shown = views.find(({ search }) => showsView(current, search));
  const groups = [
    { key: "own", views: views.filter(({ own }) => own) },
    { key: "ofOthers", views: views.filter(({ own }) => !own) },
  ] as const;
  const link = (search: string) => `/w/${slug}/${page}?${search}`;

  return (
    <>
      <DropdownMenu
        align="end"
        className="w-64"
        trigger={
          <Button className="min-h-9" aria-label={shown ? t("openNow", { name: shown.name }) : t("open")}>
            <Bookmark aria-hidden size={15} className="text-ink-3" />
            <span className="max-w-36 truncate">{shown?.name ?? t("open")}</span>
            <ChevronDown aria-hidden size={14} className="text-ink-3" />
          </Button>
        }
      >
        <MenuItem asChild>
          <Link href={link(standard)} prefetch={false}>
            {t("standard")}
          </Link>
        </MenuItem>
        {groups.map(
          (group) =>
            group.views.length > 0 && (
              <div key={group.key}>
                <MenuLabel>{t(group.key)}</MenuLabel>
                {group.views.map((view) => (
                  <MenuItem key={view.id} asChild>
                    <Link href={link(view.search)} prefetch={false}>
                      <span className="min-w-0 flex-1 truncate">{view.name}</span>
                      {view.starred && (
                        <>
                          <Star aria-hidden size={13} className="fill-current text-ink-3" />
                          <span className="sr-only">{t("default")}</span>
                        </>
                      )}
                      <Check aria-hidden size={14} className={view === shown ? "text-accent" : "invisible"} />
                    </Link>
                  </MenuItem>
                ))}
              </div>
            ),
        )}
        <MenuSeparator />
        <MenuItem onSelect={() => setOpen("save")}>
          <BookmarkPlus aria-hidden size={16} className="text-ink-3" />
          {t("save")}
        </MenuItem>
        {views.length > 0 && (
          <MenuItem onSelect={() => setOpen("manage")}>
            <Settings2 aria-hidden size={16} className="text-ink-3" />
            {t("manage")}
          </MenuItem>
        )}
      </DropdownMenu>
      {open === "save" && (
        <SaveViewDialog
          slug={slug}
          page={page}
          current={current}
          presets={presets}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "manage" && (
        <ManageViewsDialog slug={slug} page={page} views={views} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
