"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useCallback, useState } from "react";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { getJson, sendJson } from "@/components/ui/api";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { type TagColor, type TagWithCustomers, tagColor, tagColors } from "@/lib/customers/tags-schema";
import { TagDot } from "./tag-chip";

/** The workspace's tags: rename, recolour, delete; each with how many customers carry it. */
export function TagsDialog({
  slug,
  trigger,
  onChanged,
}: {
  slug: string;
  trigger: ReactNode;
  onChanged: () => void;
}) {
  const t = useTranslations("tags");
  const [tags, setTags] = useState<TagWithCustomers[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const api = `/api/workspaces/${slug}/customers/tags`;

  const load = useCallback(async () => {
    const answer = await getJson(api);
    if (!answer.ok) return setFailure(answer.message);
    setFailure(null);
    setTags((answer.body as { tags: TagWithCustomers[] }).tags);
  }, [api]);

  async function change(tag: TagWithCustomers, to: { name: string; color: TagColor }) {
    const answer = await sendJson("PATCH", `${api}/${tag.id}`, to);
    if (!answer.ok) return toast.error(answer.message, answer.requestId);
    toast.result(t("saved"));
    await load();
    onChanged();
  }

  async function remove(tag: TagWithCustomers) {
    const answer = await sendJson("DELETE", `${api}/${tag.id}`);
    if (!answer.ok) return toast.error(answer.message, answer.requestId);
    toast.result(t("deleted", { tag: tag.name }));
    await load();
    onChanged();
  }

  return (
    <Dialog
      trigger={trigger}
      title={t("manageTitle")}
      hint={t("manageHint")}
      onOpenChange={(open) => open && load()}
    >
      {failure && <Banner tone="error">{failure}</Banner>}
      {tags === null && !failure && <Skeleton className="h-24" />}
      {tags?.length === 0 && <p className="text-ink-2">{t("none")}</p>}
      <ul className="grid gap-2">
        {tags?.map((tag) => (
          <TagRow key={`${tag.id} ${tag.name} ${tag.color}`} tag={tag} onChange={change} onRemove={remove} />
        ))}
      </ul>
    </Dialog>
  );
}

function TagRow({
  tag,
  onChange,
  onRemove,
}: {
  tag: TagWithCustomers;
  onChange: (tag: TagWithCustomers, to: { name: string; color: TagColor }) => void;
  onRemove: (tag: TagWithCustomers) => void;
}) {
  const t = useTranslations("tags");
  const [name, setName] = useState(tag.name);
  const [color, setColor] = useState(tag.color);
  const isChanged = name.trim() !== tag.name || color !== tag.color;
  function save(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) onChange(tag, { name: name.trim(), color });
  }
  return (
    <li>
      <form onSubmit={save} className="flex flex-wrap items-center gap-2">
        <TagDot color={color} />
        <Input
          aria-label={t("name")}
          value={name}
          maxLength={40}
          required
          onChange={(event) => setName(event.target.value)}
          className="w-auto min-w-32 flex-1"
        />
        <Select
          aria-label={t("color", { tag: tag.name })}
          value={color}
          onChange={(event) => setColor(tagColor.parse(event.target.value))}
          className="w-auto"
        >
          {Object.keys(tagColors).map((one) => (
            <option key={one} value={one}>
              {t(`colors.${one as TagColor}`)}
            </option>
          ))}
        </Select>
        <span className="num text-xs text-ink-3">{t("customers", { count: tag.customers })}</span>
        <Button type="submit" size="small" disabled={!isChanged}>
          {t("save")}
        </Button>
        <ConfirmDialog
          danger
          title={t("deleteTitle", { tag: tag.name })}
          action={t("deleteAction", { count: tag.customers })}
          onConfirm={() => onRemove(tag)}
          trigger={
            <Button variant="ghost" size="icon" aria-label={t("deleteTag", { tag: tag.name })}>
              <Trash2 aria-hidden size={14} />
            </Button>
          }
        >
          {t("deleteText")}
        </ConfirmDialog>
      </form>
    </li>
  );
}
