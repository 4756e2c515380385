import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { KeysTable } from "@/components/keys/keys-table";
import { NewKeyDialog } from "@/components/keys/new-key-dialog";
import { NoPermission } from "@/components/shell/no-permission";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/members/access";
import { listApiKeys } from "@/lib/members/api-keys";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { ownOrigin } from "@/lib/platform/http/own-origin";
import { momentsOf } from "@/lib/platform/i18n/moment";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("keys"))("title") };
}

export default async function KeysPage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  if (!allows(access, "keys.manage")) return <NoPermission />;
  const { workspace, db } = access;
  const t = await getTranslations("keys");
  const now = systemClock();
  const moment = momentsOf(workspace.timeZone, await getLocale(), now);
  const keys = await listApiKeys(db, workspace.id);
  const maybe = (at: Date | null) => at && moment(at);
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        <NewKeyDialog slug={workspace.slug} />
      </PageHeader>
      {keys.length === 0 ? (
        <EmptyState title={t("noneTitle")} text={t("noneText")} />
      ) : (
        <Card>
          <KeysTable
            slug={workspace.slug}
            keys={keys.map((one) => ({
              id: one.id,
              name: one.name,
              scopes: one.scopes,
              hint: one.hint,
              createdBy: one.createdBy,
              created: moment(one.createdAt),
              ends: maybe(one.expiresAt),
              used: maybe(one.lastUsedAt),
              former: one.previousUntil && one.previousUntil > now ? moment(one.previousUntil) : null,
              state: one.revokedAt ? "revoked" : one.expiresAt && one.expiresAt <= now ? "expired" : "active",
            }))}
          />
        </Card>
      )}
      <Card title={t("howTitle")}>
        <p className="text-[13px] text-ink-2">{t("howText")}</p>
        <code className="mt-2 block rounded-md bg-sunken p-3 text-xs break-all">
          {`curl -H "Authorization: Bearer clm_…" ${await ownOrigin()}/api/workspaces/${workspace.slug}/board`}
        </code>
      </Card>
    </div>
  );
}
