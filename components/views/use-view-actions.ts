"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type Answer, sendJson } from "@/components/ui/api";
import { toast } from "@/components/ui/toast";
import type { SavedView, ViewPage } from "@/lib/views/schema";

/** What can be done with views; each says how it ended and brings the page up to date. */
export function useViewActions({ slug, page }: { slug: string; page: ViewPage }) {
  const t = useTranslations("views");
  const router = useRouter();
  const all = `/api/workspaces/${slug}/views`;

  /** Whether it went well. */
  function finish(answer: Answer, done?: () => void): boolean {
    if (answer.ok) done?.();
    else
      toast.error(
        answer.status === 409 ? t("taken") : t("failed", { message: answer.message }),
        answer.requestId,
      );
    router.refresh();
    return answer.ok;
  }

  const create = async (
    view: Pick<SavedView, "name" | "search"> & Partial<Pick<SavedView, "shared" | "starred">>,
  ) =>
    finish(await sendJson("POST", all, { page, ...view }), () =>
      toast.result(t("saved", { name: view.name })),
    );

  const change = async ({ id }: SavedView, change: Partial<Pick<SavedView, "name" | "shared" | "starred">>) =>
    finish(await sendJson("PATCH", `${all}/${id}`, change));

  const remove = async ({ id, name, search, shared, starred }: SavedView) =>
    finish(await sendJson("DELETE", `${all}/${id}`), () =>
      toast.undo(t("deleted", { name }), () => void create({ name, search, shared, starred })),
    );

  return { create, change, remove };
}
