"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { useConfirmed } from "@/components/account/confirm-dialog";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { type Answer, sendJson } from "@/components/ui/api";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { MomentText } from "@/components/ui/moment-text";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { KeyScope } from "@/lib/members/permissions";
import { NO_DATA } from "@/lib/platform/i18n/format";
import type { Moment } from "@/lib/platform/i18n/moment";
import { OnceShown } from "./once-shown";

export interface KeyView {
  id: string;
  name: string;
  scopes: KeyScope[];
  hint: string;
  createdBy: string;
  created: Moment;
  /** Null: until it is revoked. */
  ends: Moment | null;
  /** Null: never. */
  used: Moment | null;
  /** Until when the secret before the last rotation is good; null when there is none. */
  former: Moment | null;
  state: "active" | "expired" | "revoked";
}

const tones = { active: "success", expired: "warning", revoked: "neutral" } as const;
const rotated = z.object({ key: z.string() });

/** The keys of the workspace: a new secret for one, or its end. */
export function KeysTable({ slug, keys }: { slug: string; keys: KeyView[] }) {
  const t = useTranslations("keys");
  const router = useRouter();
  const { confirmed, dialog } = useConfirmed();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<{ act: "rotate" | "revoke"; key: KeyView } | null>(null);
  const [shown, setShown] = useState<{ name: string; key: string } | null>(null);

  async function send(request: () => Promise<Answer>): Promise<unknown> {
    setBusy(true);
    const answer = await confirmed(request);
    setBusy(false);
    if (!answer.ok) {
      toast.error(t("failed", { message: answer.message }), answer.requestId);
      return null;
    }
    router.refresh();
    return answer.body;
  }

  async function act() {
    if (!asking) return;
    const { id, name } = asking.key;
    const at = `/api/workspaces/${slug}/keys/${id}`;
    if (asking.act === "rotate") {
      const body = await send(() => sendJson("POST", `${at}/rotate`));
      if (body) setShown({ name, ...rotated.parse(body) });
    } else if (await send(() => sendJson("DELETE", at))) toast.result(t("revoked", { name }));
  }

  return (
    <>
      <Table caption={t("title")}>
        <thead>
          <tr>
            <ColumnHead>{t("name")}</ColumnHead>
            <ColumnHead>{t("state")}</ColumnHead>
            <ColumnHead>{t("scopes")}</ColumnHead>
            <ColumnHead>{t("used")}</ColumnHead>
            <ColumnHead>{t("ends")}</ColumnHead>
            <ColumnHead>{t("created")}</ColumnHead>
            <ColumnHead>
              <span className="sr-only">{t("acts")}</span>
            </ColumnHead>
          </tr>
        </thead>
        <tbody>
          {keys.map((one) => (
            <Row key={one.id} data-testid={one.name}>
              <RowHead className="py-1.5">
                <span className="block">{one.name}</span>
                <code className="block text-xs font-normal text-ink-3">{`clm_${one.id}_…${one.hint}`}</code>
              </RowHead>
              <Cell>
                <Badge tone={tones[one.state]}>{t(`is.${one.state}`)}</Badge>
                {one.former && one.state === "active" && (
                  <span className="mt-0.5 block text-xs text-ink-3" title={one.former.text}>
                    {t("former", { until: one.former.relative })}
                  </span>
                )}
              </Cell>
              <Cell>{one.scopes.map((scope) => t(`scope.${scope}`)).join(t("comma"))}</Cell>
              <Cell>
                {one.used ? <MomentText moment={one.used} /> : <span title={t("neverUsed")}>{NO_DATA}</span>}
              </Cell>
              <Cell>{one.ends ? <MomentText moment={one.ends} /> : t("noEnd")}</Cell>
              <Cell>
                <MomentText moment={one.created} /> · {one.createdBy}
              </Cell>
              <Cell align="right">
                {one.state === "active" && (
                  <span className="flex justify-end gap-1.5">
                    <Button
                      size="small"
                      disabled={busy}
                      aria-label={t("rotateThat", { name: one.name })}
                      onClick={() => setAsking({ act: "rotate", key: one })}
                    >
                      {t("rotate")}
                    </Button>
                    <Button
                      size="small"
                      disabled={busy}
                      aria-label={t("revokeThat", { name: one.name })}
                      onClick={() => setAsking({ act: "revoke", key: one })}
                    >
                      {t("revoke")}
                    </Button>
                  </span>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={t(`${asking.act}Title`, { name: asking.key.name })}
          action={t(asking.act)}
          danger={asking.act === "revoke"}
          onConfirm={act}
        >
          {t(`${asking.act}Text`)}
        </ConfirmDialog>
      )}
      {shown && (
        <Dialog open onOpenChange={(open) => !open && setShown(null)} title={shown.name}>
          <OnceShown value={shown.key} label={t("key")} hint={t("rotatedHint")}>
            <DialogClose asChild>
              <Button variant="primary">{t("done")}</Button>
            </DialogClose>
          </OnceShown>
        </Dialog>
      )}
      {dialog}
    </>
  );
}
