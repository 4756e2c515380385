"use client";

import { Star, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { type SavedView, type ViewPage, viewName } from "@/lib/views/schema";
import { useViewActions } from "./use-view-actions";

/** Renames, shares, stars and removes views; what others made can only be starred. */
export function ManageViewsDialog({
  slug,
  page,
  views,
  onClose,
}: {
  slug: string;
  page: ViewPage;
  views: readonly SavedView[];
  onClose: () => void;
}) {
  const t = useTranslations("views");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("manage")} hint={t("manageHint")}>
      {views.length === 0 && <p className="text-[13px] text-ink-2">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {views.map((view) => (
          <ViewRow key={view.id} slug={slug} page={page} view={view} />
        ))}
      </ul>
    </Dialog>
  );
}

function ViewRow({ slug, page, view }: { slug: string; page: ViewPage; view: SavedView }) {
  const t = useTranslations("views");
  const { change, remove } = useViewActions({ slug, page });
  const star = t(view.starred ? "unstar" : "star", { name: view.name });

  function rename(typed: string) {
    const name = viewName.safeParse(typed);
    if (name.success && name.data !== view.name) void change(view, { name: name.data });
  }

  return (
    <li className="flex flex-wrap items-center gap-2 py-2">
      <Button
        variant="ghost"
        size="icon"
        aria-label={star}
        aria-pressed={view.starred}
        title={star}
        onClick={() => change(view, { starred: !view.starred })}
      >
        <Star aria-hidden size={15} className={classNames(view.starred && "fill-current text-accent")} />
      </Button>
      {view.own ? (
        <>
          <Input
            key={view.name}
            aria-label={t("rename", { name: view.name })}
            defaultValue={view.name}
            maxLength={60}
            onBlur={(event) => rename(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.nativeEvent.isComposing) event.currentTarget.blur();
            }}
            className="w-auto flex-1 basis-32 border-line"
          />
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the kit's switch */}
          <label className="flex items-center gap-2 text-[13px] text-ink-2">
            <Switch
              aria-label={t("shareOf", { name: view.name })}
              checked={view.shared}
              onCheckedChange={(shared) => change(view, { shared })}
            />
            {t("shared")}
          </label>
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("delete", { name: view.name })}
            title={t("delete", { name: view.name })}
            onClick={() => remove(view)}
          >
            <Trash2 aria-hidden size={15} />
          </Button>
        </>
      ) : (
        <span className="min-w-0 flex-1 truncate text-[13px]">
          {view.name}{" "}
          {view.ownerName && <span className="text-ink-3">{t("by", { name: view.ownerName })}</span>}
        </span>
      )}
    </li>
  );
}
