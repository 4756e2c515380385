"use client";

import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useConfirmed } from "@/components/account/confirm-dialog";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { type Answer, sendJson } from "@/components/ui/api";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { MomentText } from "@/components/ui/moment-text";
import { Select } from "@/components/ui/select";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { NO_DATA } from "@/lib/platform/i18n/format";
import type { Moment } from "@/lib/platform/i18n/moment";
import { type Role, role as roles } from "@/lib/workspaces/schema";

export interface MemberView {
  id: string;
  email: string;
  name: string;
  role: Role;
  joined: Moment;
  /** Null: never here. */
  seen: Moment | null;
  suspended: Moment | null;
}

/** Who belongs to the workspace; what is changed holds from that person's next request on. */
export function MembersTable({
  slug,
  ownId,
  members,
}: {
  slug: string;
  ownId: string;
  members: MemberView[];
}) {
  const t = useTranslations("members");
  const tRoles = useTranslations("roles");
  const router = useRouter();
  const { confirmed, dialog } = useConfirmed();
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState<MemberView | null>(null);

  async function change(send: () => Promise<Answer>, done: string) {
    setBusy(true);
    const answer = await confirmed(send);
    setBusy(false);
    if (!answer.ok) return toast.error(t("failed", { message: answer.message }), answer.requestId);
    toast.result(done);
    router.refresh();
  }

  const at = (one: MemberView) => `/api/workspaces/${slug}/members/${one.id}`;
  const setRole = (one: MemberView, to: Role) =>
    change(
      () => sendJson("PATCH", at(one), { role: to }),
      t("roleChanged", { name: one.name, role: tRoles(to) }),
    );
  const setSuspended = (one: MemberView, suspended: boolean) =>
    change(
      () => sendJson("PATCH", at(one), { suspended }),
      t(suspended ? "suspendedNow" : "restored", { name: one.name }),
    );
  const remove = (one: MemberView) =>
    change(() => sendJson("DELETE", at(one)), t("removed", { name: one.name }));

  return (
    <>
      <Table caption={t("title")}>
        <thead>
          <tr>
            <ColumnHead>{t("name")}</ColumnHead>
            <ColumnHead>{t("role")}</ColumnHead>
            <ColumnHead>{t("state")}</ColumnHead>
            <ColumnHead>{t("seen")}</ColumnHead>
            <ColumnHead>{t("joined")}</ColumnHead>
            <ColumnHead>
              <span className="sr-only">{t("acts")}</span>
            </ColumnHead>
          </tr>
        </thead>
        <tbody>
          {members.map((one) => (
            <Row key={one.id} data-testid={one.email}>
              <RowHead className="py-1.5">
                <span className="block">
                  {one.name}
                  {one.id === ownId && <span className="ml-1.5 text-xs text-ink-3">{t("you")}</span>}
                </span>
                <span className="block text-xs font-normal text-ink-3">{one.email}</span>
              </RowHead>
              <Cell>
                {one.id === ownId ? (
                  <span title={t("ownRole")}>{tRoles(one.role)}</span>
                ) : (
                  <Select
                    aria-label={t("roleOf", { name: one.name })}
                    className="w-32"
                    value={one.role}
                    disabled={busy}
                    onChange={(event) => setRole(one, roles.parse(event.target.value))}
                  >
                    {roles.options.map((option) => (
                      <option key={option} value={option}>
                        {tRoles(option)}
                      </option>
                    ))}
                  </Select>
                )}
              </Cell>
              <Cell>
                {one.suspended ? (
                  <Badge tone="warning" title={one.suspended.text}>
                    {t("isSuspended")}
                  </Badge>
                ) : (
                  <Badge tone="success">{t("isActive")}</Badge>
                )}
              </Cell>
              <Cell>
                {one.seen ? <MomentText moment={one.seen} /> : <span title={t("neverSeen")}>{NO_DATA}</span>}
              </Cell>
              <Cell>
                <MomentText moment={one.joined} />
              </Cell>
              <Cell align="right">
                {one.id !== ownId && (
                  <DropdownMenu
                    align="end"
                    trigger={
                      <Button
                        variant="ghost"
                        size="icon"
                        aria-label={t("actsOn", { name: one.name })}
                        disabled={busy}
                      >
                        <MoreHorizontal aria-hidden size={16} />
                      </Button>
                    }
                  >
                    <MenuItem onSelect={() => setSuspended(one, one.suspended === null)}>
                      {t(one.suspended ? "restore" : "suspend")}
                    </MenuItem>
                    <MenuSeparator />
                    <MenuItem danger onSelect={() => setRemoving(one)}>
                      {t("remove")}
                    </MenuItem>
                  </DropdownMenu>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t("removeTitle", { name: removing?.name ?? "" })}
        action={t("removeAction", { name: removing?.name ?? "" })}
        danger
        onConfirm={() => removing && remove(removing)}
      >
        {t("removeText", { email: removing?.email ?? "" })}
      </ConfirmDialog>
      {dialog}
    </>
  );
}
