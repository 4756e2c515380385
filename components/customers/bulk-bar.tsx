"use client";

import { Download, Tag as TagIcon, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { filterBody, listSearch } from "@/lib/customers/list-address";
import type { CustomersCount } from "@/lib/customers/list-schema";
import { type Tag, type TagColor, tagColors } from "@/lib/customers/tags-schema";
import { formatCount } from "@/lib/platform/i18n/format";
import type { CustomersScene } from "./customers-scene";
import { TagMenu } from "./tag-menu";
import type { Selection } from "./use-selection";

/** Most customers an act, and a file, name one by one; beyond it the filter names them. */
const MOST_IN_ACT = 5_000;
const MOST_IN_FILE = 1_000;

/** What can be done with the chosen customers: tag, untag, export; and how to choose everybody the filter finds. */
export function BulkBar({
  scene,
  selection,
  count,
  loaded,
  onSelectAll,
  onClear,
  onChanged,
}: {
  scene: CustomersScene;
  selection: Selection;
  count: CustomersCount;
  /** How many rows are loaded. */
  loaded: number;
  onSelectAll: () => void;
  onClear: () => void;
  /** Tags were put on or taken off. */
  onChanged: () => void;
}) {
  const t = useTranslations("customers");
  const tTags = useTranslations("tags");
  const locale = useLocale();
  const api = `/api/workspaces/${scene.slug}/customers`;
  const ids = selection.of === "some" ? [...selection.ids] : null;
  const who = ids ? { asOf: scene.list.asOf, ids } : filterBody(scene.list);
  const tooMany = (most: number) =>
    ids !== null && ids.length > most ? t("selectedMost", { most: formatCount(most, locale) }) : undefined;

  async function undo(act: string) {
    const answer = await postJson(`${api}/tags/undo`, { act });
    if (!answer.ok) return toast.error(answer.message, answer.requestId);
    const { added, removed } = answer.body as { added: number; removed: number };
    toast.result(tTags("undone", { count: added + removed }));
    onChanged();
  }

  async function apply(tag: Tag, act: "add" | "remove") {
    const answer = await postJson(`${api}/tags/apply`, { [act]: [tag.id], who });
    if (!answer.ok) return toast.error(answer.message, answer.requestId);
    const done = answer.body as { added: number; removed: number; act: string };
    const changed = done.added + done.removed;
    onChanged();
    if (changed === 0) return toast.result(tTags("unchanged"));
    toast.undo(tTags(act === "add" ? "added" : "removed", { tag: tag.name, count: changed }), () =>
      undo(done.act),
    );
  }

  async function create(name: string) {
    const colors = Object.keys(tagColors) as TagColor[];
    const color = colors[scene.tags.length % colors.length]!;
    const answer = await postJson(`${api}/tags`, { name, color });
    if (!answer.ok) return toast.error(answer.message, answer.requestId);
    await apply(answer.body as Tag, "add");
  }

  const total = formatCount(count.count, locale);
  const fileSearch = ids
    ? `${listSearch({ asOf: scene.list.asOf, sort: scene.list.sort, cols: scene.list.cols })}&ids=${ids.join(",")}`
    : listSearch(scene.list);
  return (
    <section
      aria-label={t("bulk")}
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-card border border-line-strong bg-surface px-3 py-2 text-[13px] shadow-lg shadow-black/10"
    >
      <strong role="status" className="num font-medium" data-testid="selected-count">
        {ids
          ? t("selected", { count: formatCount(ids.length, locale) })
          : t(count.exact ? "selectedAll" : "selectedAllAbove", { count: total })}
      </strong>
      {ids && ids.length >= loaded && (!count.exact || count.count > loaded) && (
        <Button variant="link" size="small" onClick={onSelectAll}>
          {t(count.exact ? "selectAll" : "selectAllAbove", { count: total })}
        </Button>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {scene.mayTag && (
          <>
            <TagMenu
              label={tTags("add")}
              tags={scene.tags}
              onChoose={(tag) => apply(tag, "add")}
              onCreate={create}
              trigger={
                <Button disabled={tooMany(MOST_IN_ACT) !== undefined} title={tooMany(MOST_IN_ACT)}>
                  <TagIcon aria-hidden size={14} />
                  {tTags("add")}
                </Button>
              }
            />
            <TagMenu
              label={tTags("takeOff")}
              tags={scene.tags}
              onChoose={(tag) => apply(tag, "remove")}
              trigger={
                <Button disabled={tooMany(MOST_IN_ACT) !== undefined} title={tooMany(MOST_IN_ACT)}>
                  {tTags("takeOff")}
                </Button>
              }
            />
          </>
        )}
        {scene.mayExport &&
          (tooMany(MOST_IN_FILE) ? (
            <Button disabled title={tooMany(MOST_IN_FILE)}>
              {t("bulkExport")}
            </Button>
          ) : (
            <Button asChild>
              <a href={`${api}/export?${fileSearch}`} download>
                <Download aria-hidden size={14} />
                {t("bulkExport")}
              </a>
            </Button>
          ))}
        <Button variant="ghost" size="icon" aria-label={t("unselect")} onClick={onClear}>
          <X aria-hidden size={15} />
        </Button>
      </span>
    </section>
  );
}
