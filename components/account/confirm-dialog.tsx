"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import { z } from "zod";
import { type Answer, getJson, postJson } from "@/components/ui/api";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { useRefusalWords } from "./refusal-words";

interface Waiting {
  send: () => Promise<Answer>;
  refusal: Answer;
  done: (answer: Answer) => void;
}

const asksForProof = (answer: Answer): boolean =>
  !answer.ok && answer.status === 403 && answer.details.reauth === true;

/**
 * Sends a change that may ask who one is. Where the route answers that it wants a recent sign-in, the dialog asks for the
 * password and the change is sent again; who closes it gets the refusal. Render `dialog` anywhere in the component.
 */
export function useConfirmed(): {
  confirmed: (send: () => Promise<Answer>) => Promise<Answer>;
  dialog: ReactNode;
} {
  const [waiting, setWaiting] = useState<Waiting | null>(null);

  const confirmed = useCallback(async (send: () => Promise<Answer>): Promise<Answer> => {
    const answer = await send();
    if (!asksForProof(answer)) return answer;
    return new Promise((done) => setWaiting({ send, refusal: answer, done }));
  }, []);

  async function resend({ send, done }: Waiting) {
    setWaiting(null);
    done(await send());
  }

  function giveUp({ refusal, done }: Waiting) {
    setWaiting(null);
    done(refusal);
  }

  const dialog = waiting && (
    <ConfirmDialog onConfirmed={() => resend(waiting)} onClose={() => giveUp(waiting)} />
  );
  return { confirmed, dialog };
}

const ways = z.object({ password: z.boolean(), provider: z.string().nullable() });

function ConfirmDialog({ onConfirmed, onClose }: { onConfirmed: () => void; onClose: () => void }) {
  const t = useTranslations("account");
  const tStates = useTranslations("states");
  const refusalWords = useRefusalWords();
  const [way, setWay] = useState<z.infer<typeof ways> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    const gone = new AbortController();
    getJson("/api/account/confirm", gone.signal).then((answer) => {
      if (gone.signal.aborted) return;
      if (answer.ok) setWay(ways.parse(answer.body));
      else setFailure(answer.message);
    });
    return () => gone.abort();
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // A dialog may stand in a form of the page: its own is the one that is sent.
    event.stopPropagation();
    const password = String(new FormData(event.currentTarget).get("password"));
    setAsking(true);
    const answer = await postJson("/api/account/confirm", { password });
    setAsking(false);
    if (answer.ok) onConfirmed();
    else setFailure(refusalWords(answer));
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("confirmTitle")}
      hint={t("confirmHint")}
    >
      {!way && !failure && <Skeleton className="h-24" />}
      {!way && failure && (
        <p role="alert" className="text-[13px] text-danger">
          {failure}
        </p>
      )}
      {way?.password && (
        <form onSubmit={submit} className="grid gap-4">
          <Field label={t("presentPassword")} error={failure} required>
            <Input name="password" type="password" autoComplete="current-password" autoFocus />
          </Field>
          <DialogActions>
            <DialogClose asChild>
              <Button>{tStates("cancel")}</Button>
            </DialogClose>
            <Button type="submit" variant="primary" disabled={asking}>
              {t("confirm")}
            </Button>
          </DialogActions>
        </form>
      )}
      {way && !way.password && way.provider && (
        <DialogActions>
          <DialogClose asChild>
            <Button>{tStates("cancel")}</Button>
          </DialogClose>
          <Button
            variant="primary"
            onClick={() => signIn("oidc", { callbackUrl: window.location.href }, { prompt: "login" })}
          >
            {t("confirmWith", { provider: way.provider })}
          </Button>
        </DialogActions>
      )}
    </Dialog>
  );
}
