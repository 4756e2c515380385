"use client";

import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { z } from "zod";
import { useConfirmed } from "@/components/account/confirm-dialog";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { keyScope } from "@/lib/members/permissions";
import { OnceShown } from "./once-shown";

const made = z.object({ key: z.string() });
const DAYS = [30, 90, 365] as const;

/** Creates a key and shows it, this once. */
export function NewKeyDialog({ slug }: { slug: string }) {
  const t = useTranslations("keys");
  const tStates = useTranslations("states");
  const router = useRouter();
  const id = useId();
  const { confirmed, dialog } = useConfirmed();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);

  function turn(to: boolean) {
    setOpen(to);
    setFailure(null);
    if (!to) setShown(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const days = Number(data.get("days"));
    const asked = { name: String(data.get("name")), scopes: data.getAll("scope"), days: days || null };
    if (asked.scopes.length === 0) return setFailure(t("noScope"));
    setSending(true);
    const answer = await confirmed(() => postJson(`/api/workspaces/${slug}/keys`, asked));
    setSending(false);
    if (!answer.ok) return setFailure(answer.message);
    setFailure(null);
    setShown(made.parse(answer.body).key);
    router.refresh();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={turn}
      title={t("newTitle")}
      hint={shown ? undefined : t("newHint")}
      trigger={
        <Button variant="primary">
          <KeyRound aria-hidden size={15} />
          {t("new")}
        </Button>
      }
    >
      {shown ? (
        <OnceShown value={shown} label={t("key")} hint={t("keyHint")}>
          <DialogClose asChild>
            <Button variant="primary">{t("done")}</Button>
          </DialogClose>
        </OnceShown>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          <Field label={t("name")} hint={t("nameHint")} required>
            <Input name="name" maxLength={80} autoComplete="off" />
          </Field>
          <fieldset className="grid gap-1">
            <legend className="text-[13px] font-medium text-ink-2">{t("scopes")}</legend>
            {keyScope.options.map((scope) => (
              <div key={scope} className="flex items-start gap-1.5">
                <Checkbox
                  id={`${id}-${scope}`}
                  name="scope"
                  value={scope}
                  defaultChecked={scope === "read"}
                />
                <label htmlFor={`${id}-${scope}`} className="pt-0.5 text-[13px]">
                  {t(`scope.${scope}`)}
                  <span className="block text-xs text-ink-3">{t(`scopeHint.${scope}`)}</span>
                </label>
              </div>
            ))}
          </fieldset>
          <Field label={t("ends")}>
            <Select name="days" defaultValue="90">
              {DAYS.map((days) => (
                <option key={days} value={days}>
                  {t("afterDays", { days })}
                </option>
              ))}
              <option value="0">{t("noEnd")}</option>
            </Select>
          </Field>
          {failure && (
            <p role="alert" className="text-[13px] text-danger">
              {failure}
            </p>
          )}
          <DialogActions>
            <DialogClose asChild>
              <Button>{tStates("cancel")}</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={sending}>
              {t("make")}
            </Button>
          </DialogActions>
        </form>
      )}
      {dialog}
    </Dialog>
  );
}
