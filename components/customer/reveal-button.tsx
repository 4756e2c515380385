"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Day } from "@/lib/platform/day";
import { useReveal } from "./reveal-context";

const SHORTEST_REASON = 3;

/** Asks for a reason, then shows the customer's values in the clear until the page is left. */
export function RevealButton({ asOf }: { asOf: Day }) {
  const t = useTranslations("customer");
  const tStates = useTranslations("states");
  const { revealed, reveal, hide } = useReveal();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);

  async function ask(event: FormEvent) {
    event.preventDefault();
    setAsking(true);
    const answer = await reveal({ asOf, reason: reason.trim() });
    setAsking(false);
    if (!answer.ok) return setFailure(answer.message);
    setFailure(null);
    setReason("");
    setOpen(false);
  }

  if (revealed)
    return (
      <Button onClick={hide}>
        <EyeOff aria-hidden size={15} />
        {t("hide")}
      </Button>
    );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t("revealTitle")}
      hint={t("revealHint")}
      trigger={
        <Button>
          <Eye aria-hidden size={15} />
          {t("reveal")}
        </Button>
      }
    >
      <form onSubmit={ask} className="grid gap-4">
        <Field label={t("revealReason")} hint={t("revealReasonHint")} required>
          <Textarea
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {failure && <Banner tone="error">{t("revealFailed", { message: failure })}</Banner>}
        <DialogActions>
          <DialogClose asChild>
            <Button>{tStates("cancel")}</Button>
          </DialogClose>
          <Button type="submit" variant="primary" disabled={asking || reason.trim().length < SHORTEST_REASON}>
            {t("reveal")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Says that values are masked, or that they are shown. */
export function MaskNotice() {
  const t = useTranslations("customer");
  const { revealed } = useReveal();
  return revealed ? (
    <Banner tone="warning">{t("revealed")}</Banner>
  ) : (
    <p className="flex items-center gap-1.5 text-xs text-ink-3" title={t("maskedHint")}>
      <EyeOff aria-hidden size={13} />
      {t("masked")}
    </p>
  );
}
