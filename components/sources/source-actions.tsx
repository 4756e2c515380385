"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { postJson, sendJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { KEY_OVERLAP_HOURS } from "@/lib/sources/schema";
import { WriteKeyDialog } from "./write-key";

const rotated = z.object({ writeKey: z.string() });

/** What an admin can do to a source: another name, another key, or its end. */
export function SourceActions({
  slug,
  source,
  lastWeek,
  origin,
}: {
  slug: string;
  source: { id: number; name: string; hasKey: boolean };
  /** What it brought in seven days, as text: what a revocation stops. */
  lastWeek: string;
  origin: string;
}) {
  const t = useTranslations("sources");
  const router = useRouter();
  const [renaming, setRenaming] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [writeKey, setWriteKey] = useState<string | null>(null);
  const path = `/api/workspaces/${slug}/sources/${source.id}`;

  async function rename(name: FormDataEntryValue | null) {
    const answer = await sendJson("PATCH", path, { name });
    if (!answer.ok) return setFault(answer.status === 409 ? t("nameTaken") : answer.message);
    setFault(null);
    setRenaming(false);
    toast.result(t("renamed"));
    router.refresh();
  }
  async function rotate() {
    const answer = await postJson(`${path}/rotate`, {});
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    setWriteKey(rotated.parse(answer.body).writeKey);
    router.refresh();
  }
  async function revoke() {
    const answer = await postJson(`${path}/revoke`, {});
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    toast.result(t("revokedDone"));
    router.refresh();
  }

  return (
    <div className="flex flex-wrap gap-2">
      <Dialog
        open={renaming}
        onOpenChange={setRenaming}
        title={t("rename")}
        trigger={<Button>{t("rename")}</Button>}
      >
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void rename(new FormData(event.currentTarget).get("name"));
          }}
        >
          <Field label={t("name")} error={fault} required>
            <Input name="name" maxLength={80} defaultValue={source.name} autoComplete="off" />
          </Field>
          <DialogActions>
            <Button type="submit" variant="primary">
              {t("save")}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      {source.hasKey && (
        <>
          <ConfirmDialog
            trigger={<Button>{t("rotate")}</Button>}
            title={t("rotateTitle", { name: source.name })}
            action={t("rotate")}
            onConfirm={rotate}
          >
            {t("rotateText", { hours: KEY_OVERLAP_HOURS })}
          </ConfirmDialog>
          <ConfirmDialog
            trigger={<Button>{t("revoke")}</Button>}
            title={t("revokeTitle", { name: source.name })}
            action={t("revokeAction")}
            onConfirm={revoke}
            danger
          >
            {t("revokeText", { count: lastWeek })}
          </ConfirmDialog>
        </>
      )}
      <WriteKeyDialog writeKey={writeKey} origin={origin} onClose={() => setWriteKey(null)} />
    </div>
  );
}
