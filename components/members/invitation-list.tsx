"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useConfirmed } from "@/components/account/confirm-dialog";
import { sendJson } from "@/components/ui/api";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { MomentText } from "@/components/ui/moment-text";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { Moment } from "@/lib/platform/i18n/moment";
import type { Role } from "@/lib/workspaces/schema";

export interface InvitationView {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  created: Moment;
  ends: Moment;
  /** Past its time: the link opens nothing any more. */
  over: boolean;
}

/** Who was invited and has not come yet. */
export function InvitationList({ slug, invitations }: { slug: string; invitations: InvitationView[] }) {
  const t = useTranslations();
  const router = useRouter();
  const { confirmed, dialog } = useConfirmed();
  const [busy, setBusy] = useState(false);

  async function revoke({ id, email }: InvitationView) {
    setBusy(true);
    const answer = await confirmed(() => sendJson("DELETE", `/api/workspaces/${slug}/invitations/${id}`));
    setBusy(false);
    if (!answer.ok) return toast.error(t("members.failed", { message: answer.message }), answer.requestId);
    toast.result(t("members.revoked", { email }));
    router.refresh();
  }

  if (invitations.length === 0) return <p className="text-[13px] text-ink-2">{t("members.noInvitations")}</p>;
  return (
    <>
      <Table caption={t("members.invitations")}>
        <thead>
          <tr>
            <ColumnHead>{t("signIn.email")}</ColumnHead>
            <ColumnHead>{t("members.role")}</ColumnHead>
            <ColumnHead>{t("members.invitedBy")}</ColumnHead>
            <ColumnHead>{t("members.invited")}</ColumnHead>
            <ColumnHead>{t("members.ends")}</ColumnHead>
            <ColumnHead>
              <span className="sr-only">{t("members.acts")}</span>
            </ColumnHead>
          </tr>
        </thead>
        <tbody>
          {invitations.map((one) => (
            <Row key={one.id}>
              <RowHead>{one.email}</RowHead>
              <Cell>{t(`roles.${one.role}`)}</Cell>
              <Cell>{one.invitedBy}</Cell>
              <Cell>
                <MomentText moment={one.created} />
              </Cell>
              <Cell>
                {one.over ? (
                  <Badge tone="warning">{t("members.over")}</Badge>
                ) : (
                  <MomentText moment={one.ends} />
                )}
              </Cell>
              <Cell align="right">
                <Button
                  size="small"
                  disabled={busy}
                  aria-label={t("members.revokeThat", { email: one.email })}
                  onClick={() => revoke(one)}
                >
                  {t("members.revoke")}
                </Button>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {dialog}
    </>
  );
}
