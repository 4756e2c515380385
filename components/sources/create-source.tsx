"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { WriteKeyDialog } from "./write-key";

const created = z.object({ writeKey: z.string() });

/** Asks for a name, makes the source, and shows its key once. */
export function CreateSource({ slug, origin }: { slug: string; origin: string }) {
  const t = useTranslations("sources");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [writeKey, setWriteKey] = useState<string | null>(null);

  async function create(form: FormData) {
    setBusy(true);
    const answer = await postJson(`/api/workspaces/${slug}/sources`, { name: form.get("name") });
    setBusy(false);
    if (!answer.ok) return setFault(answer.status === 409 ? t("nameTaken") : answer.message);
    setFault(null);
    setOpen(false);
    setWriteKey(created.parse(answer.body).writeKey);
    router.refresh();
  }

  return (
    <>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("createTitle")}
        hint={t("createHint")}
        trigger={
          <Button variant="primary">
            <Plus aria-hidden size={15} />
            {t("create")}
          </Button>
        }
      >
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void create(new FormData(event.currentTarget));
          }}
        >
          <Field label={t("name")} error={fault} required>
            <Input name="name" maxLength={80} autoComplete="off" />
          </Field>
          <DialogActions>
            <Button type="submit" variant="primary" disabled={busy}>
              {t("create")}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
      <WriteKeyDialog writeKey={writeKey} origin={origin} onClose={() => setWriteKey(null)} />
    </>
  );
}
