import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { InvitationList } from "@/components/members/invitation-list";
import { InviteDialog } from "@/components/members/invite-dialog";
import { MembersTable } from "@/components/members/members-table";
import { RoleInfo } from "@/components/members/role-info";
import { NoPermission } from "@/components/shell/no-permission";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/members/access";
import { listInvitations } from "@/lib/members/invitations";
import { listMembers } from "@/lib/members/manage";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { momentsOf } from "@/lib/platform/i18n/moment";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("members"))("title") };
}

export default async function MembersPage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  if (!allows(access, "members.manage")) return <NoPermission />;
  const { workspace, member, db } = access;
  const t = await getTranslations("members");
  const now = systemClock();
  const moment = momentsOf(workspace.timeZone, await getLocale(), now);
  const [members, invitations] = await Promise.all([
    listMembers(db, workspace.id),
    listInvitations(db, workspace.id),
  ]);
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        <InviteDialog slug={workspace.slug} />
      </PageHeader>
      <Card
        title={
          <span className="flex items-center gap-1">
            {t("belong", { count: members.length })}
            <RoleInfo />
          </span>
        }
      >
        <MembersTable
          slug={workspace.slug}
          ownId={member.id}
          members={members.map(({ joinedAt, seenAt, suspendedAt, ...one }) => ({
            ...one,
            joined: moment(joinedAt),
            seen: seenAt && moment(seenAt),
            suspended: suspendedAt && moment(suspendedAt),
          }))}
        />
      </Card>
      <Card title={t("invitations")} hint={t("invitationsHint")}>
        <InvitationList
          slug={workspace.slug}
          invitations={invitations.map(({ createdAt, expiresAt, ...one }) => ({
            ...one,
            created: moment(createdAt),
            ends: moment(expiresAt),
            over: expiresAt <= now,
          }))}
        />
      </Card>
    </div>
  );
}
