import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuditFilters } from "@/components/audit/audit-filters";
import { EntryRow } from "@/components/audit/entry-row";
import { VerifyLog } from "@/components/audit/verify-log";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { auditFilterOf, auditQuery, auditSearch } from "@/lib/audit/filter";
import { listActors, listAudit } from "@/lib/audit/queries";
import { assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";

const PAGE = 50;

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditPage({ params, searchParams }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "audit.read");
  const { workspace, db } = access;
  const t = await getTranslations("audit");
  const search = auditSearch.parse(await searchParams);
  const { before, ...filter } = search;
  const [entries, actors] = await Promise.all([
    listAudit(db, {
      workspaceId: workspace.id,
      ...auditFilterOf(search, workspace.timeZone),
      before,
      limit: PAGE + 1,
    }),
    listActors(db, workspace.id),
  ]);
  const shown = entries.slice(0, PAGE);
  const path = `/w/${workspace.slug}/audit`;
  const filtered = Object.values(search).some((value) => value !== undefined);

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        <Button asChild>
          <a href={`/api/workspaces/${workspace.slug}/audit/export?${auditQuery(filter)}`} download>
            <Download aria-hidden size={15} />
            {t("export")}
          </a>
        </Button>
      </PageHeader>
      <VerifyLog slug={workspace.slug} />
      <AuditFilters key={auditQuery(search)} path={path} search={search} actors={actors} />
      <p className="text-xs text-ink-3">{t("zone", { zone: workspace.timeZone })}</p>
      {shown.length === 0 ? (
        <EmptyState
          reason={filtered ? "no-match" : "no-data"}
          title={t(filtered ? "noMatchTitle" : "noneTitle")}
          text={t(filtered ? "noMatchText" : "noneText")}
        >
          {filtered && (
            <Button asChild>
              <Link href={path}>{t("clear")}</Link>
            </Button>
          )}
        </EmptyState>
      ) : (
        <ul aria-label={t("entries")} className="min-w-0 rounded-card border border-line bg-surface">
          {shown.map((entry) => (
            <EntryRow key={entry.seq} entry={entry} timeZone={workspace.timeZone} />
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        {before !== undefined && (
          <Button asChild>
            <Link href={`${path}?${auditQuery(filter)}`}>{t("newest")}</Link>
          </Button>
        )}
        {entries.length > PAGE && (
          <Button asChild>
            <Link href={`${path}?${auditQuery({ ...filter, before: shown.at(-1)!.seq })}`}>{t("older")}</Link>
          </Button>
        )}
      </div>
    </div>
  );
}
