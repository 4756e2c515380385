"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { z } from "zod";
import { useConfirmed } from "@/components/account/confirm-dialog";
import { OnceShown } from "@/components/keys/once-shown";
import { postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { role } from "@/lib/workspaces/schema";

const made = z.object({ path: z.string() });

/** Invites an address in a role; the link is shown once, to be sent by whatever way people talk to each other. */
export function InviteDialog({ slug }: { slug: string }) {
  const t = useTranslations();
  const router = useRouter();
  const { confirmed, dialog } = useConfirmed();
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<{ email: string; url: string } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [sending, setSending] = useState(false);

  function turn(to: boolean) {
    setOpen(to);
    setFailure(null);
    if (!to) setLink(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const asked = { email: String(data.get("email")), role: String(data.get("role")) };
    setSending(true);
    const answer = await confirmed(() => postJson(`/api/workspaces/${slug}/invitations`, asked));
    setSending(false);
    if (!answer.ok)
      return setFailure(answer.details.reason === "member" ? t("members.alreadyMember") : answer.message);
    setFailure(null);
    setLink({ email: asked.email, url: window.location.origin + made.parse(answer.body).path });
    router.refresh();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={turn}
      title={t("members.inviteTitle")}
      hint={link ? undefined : t("members.inviteHint")}
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden size={15} />
          {t("members.invite")}
        </Button>
      }
    >
      {link ? (
        <OnceShown
          value={link.url}
          label={t("members.link")}
          hint={t("members.linkHint", { email: link.email })}
        >
          <DialogClose asChild>
            <Button variant="primary">{t("members.done")}</Button>
          </DialogClose>
        </OnceShown>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          <Field label={t("signIn.email")} error={failure} required>
            <Input name="email" type="email" autoComplete="off" maxLength={200} />
          </Field>
          <Field label={t("members.role")}>
            <Select name="role" defaultValue="operator">
              {role.options.map((one) => (
                <option key={one} value={one}>
                  {t("members.roleOption", { role: t(`roles.${one}`), may: t(`members.may.${one}`) })}
                </option>
              ))}
            </Select>
          </Field>
          <DialogActions>
            <DialogClose asChild>
              <Button>{t("states.cancel")}</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={sending}>
              {t("members.makeLink")}
            </Button>
          </DialogActions>
        </form>
      )}
      {dialog}
    </Dialog>
  );
}
