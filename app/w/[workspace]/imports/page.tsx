import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ImportsTable } from "@/components/imports/imports-table";
import { RefreshWhile } from "@/components/imports/refresh-while";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listImports } from "@/lib/importing/console/queries";
import { isWorking } from "@/lib/importing/console/schema";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { formatDay } from "@/lib/platform/i18n/format";
import { workspaceDay } from "@/lib/workspaces/schema";

const PAGE = 50;

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("title") };
}

export default async function ImportsPage({ params, searchParams }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "data.read");
  const { workspace, role, db } = access;
  const t = await getTranslations("imports");
  const locale = await getLocale();
  const before = Number((await searchParams).before);
  const imports = await listImports(db, {
    workspaceId: workspace.id,
    before: Number.isSafeInteger(before) && before > 0 ? before : undefined,
    limit: PAGE,
  });
  const mayImport = can(role, "data.import");
  const command = `npm run import -- --workspace ${workspace.slug} --kind orders orders.csv --dry-run`;
  const start = (
    <Button asChild variant="primary">
      <Link href={`/w/${workspace.slug}/imports/new`}>
        <Plus aria-hidden size={15} />
        {t("importFile")}
      </Link>
    </Button>
  );

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        {mayImport && imports.length > 0 && start}
      </PageHeader>
      <RefreshWhile working={imports.some((one) => isWorking(one.state))} />
      {!mayImport && <Banner tone="info">{t("noPermission")}</Banner>}
      {imports.length === 0 ? (
        <EmptyState title={t("emptyTitle")} text={t("emptyText")}>
          <div className="grid grid-cols-1 gap-4">
            {mayImport && <div>{start}</div>}
            <div className="text-[13px] text-ink-2">
              <p className="mb-1">{t("emptyCommand")}</p>
              <div className="flex items-center gap-2">
                <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1.5 text-xs break-words">
                  {command}
                </code>
                <CopyButton value={command} />
              </div>
              <p className="mt-3">{t("emptySdk")}</p>
            </div>
          </div>
        </EmptyState>
      ) : (
        <Card>
          <ImportsTable
            slug={workspace.slug}
            imports={imports}
            timeZone={workspace.timeZone}
            mayImport={mayImport}
          />
          <div className="mt-3 flex flex-wrap items-center justify-between gap-2 text-xs text-ink-3">
            {t("asOf", {
              zone: workspace.timeZone,
              day: formatDay(workspaceDay(workspace, systemClock()), locale),
            })}
            {imports.length === PAGE && (
              <Button asChild size="small">
                <Link href={`/w/${workspace.slug}/imports?before=${imports.at(-1)!.id}`}>{t("older")}</Link>
              </Button>
            )}
          </div>
        </Card>
      )}
    </div>
  );
}
