import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Coverage } from "@/components/sources/coverage";
import { MappingEditor } from "@/components/sources/mapping-editor";
import { ReasonTable } from "@/components/sources/reason-table";
import { Snippets } from "@/components/sources/snippets";
import { SourceActions } from "@/components/sources/source-actions";
import { SourceFacts } from "@/components/sources/source-facts";
import { SourceNumbers } from "@/components/sources/source-numbers";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { ownOrigin } from "@/lib/platform/http/own-origin";
import { formatCount } from "@/lib/platform/i18n/format";
import { findMapping } from "@/lib/sources/active-mapping";
import { healthOf } from "@/lib/sources/health";
import { NO_MAPPING } from "@/lib/sources/mapping";
import { countByReason } from "@/lib/sources/quarantine";
import { listActiveHours, listKindActivity, listSources } from "@/lib/sources/queries";
import { sourcePath } from "@/lib/sources/schema";

type Props = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sources"))("title") };
}

export default async function SourcePage({ params }: Props) {
  const { workspace: slug, id } = await params;
  const access = await workspacePage(slug);
  assertPermission(access, "data.read");
  const { workspace, db, role } = access;
  const locale = await getLocale();
  const t = await getTranslations("sources");
  const now = systemClock();
  const asked = sourcePath.safeParse({ id });
  const source = (await listSources(db, workspace.id)).find((one) => one.id === asked.data?.id);
  if (!source) notFound();
  const p = { workspaceId: workspace.id, sourceId: source.id };
  const [kinds, hours, reasons, mapping, origin] = await Promise.all([
    listKindActivity(db, p),
    listActiveHours(db, p),
    countByReason(db, { workspaceId: workspace.id, filter: { source: source.id }, now }),
    findMapping(db, p),
    ownOrigin(),
  ]);
  const health = healthOf([source], { kinds, hours, now })[0]!;
  const refused = reasons.reduce((total, { count }) => total + count, 0);
  const lastWeek = health.lastWeek.reduce((total, count) => total + count, 0);
  const hasKey = source.kind === "http" && source.revokedAt === null;

  return (
    <div className="grid grid-cols-1 gap-4">
      <Link href={`/w/${slug}/sources`} className="w-fit text-[13px] text-accent hover:underline">
        {t("back")}
      </Link>
      <PageHeader title={source.name} purpose={t("purpose")}>
        {can(role, "sources.manage") && (
          <SourceActions
            slug={slug}
            source={{ id: source.id, name: source.name, hasKey }}
            lastWeek={formatCount(lastWeek, locale)}
            origin={origin}
          />
        )}
      </PageHeader>
      <Card className="grid gap-3">
        <SourceFacts health={health} timeZone={workspace.timeZone} now={now} />
        <SourceNumbers slug={slug} health={health} refused={refused} />
      </Card>
      {reasons.length > 0 && (
        <Card title={t("quarantineTitle")} hint={t("quarantinePurpose")}>
          <ReasonTable
            slug={slug}
            reasons={reasons}
            names={new Map([[source.id, source.name]])}
            timeZone={workspace.timeZone}
            now={now}
            mayDiscard={can(role, "sources.manage")}
          />
        </Card>
      )}
      {source.kind === "http" && (
        <MappingEditor
          key={mapping?.version}
          slug={slug}
          sourceId={source.id}
          start={mapping ?? { version: 0, mapping: NO_MAPPING }}
          mayEdit={can(role, "sources.manage")}
          mayReplay={can(role, "data.replay")}
          currency={workspace.currency}
          timeZone={workspace.timeZone}
        />
      )}
      <Coverage kinds={kinds} timeZone={workspace.timeZone} now={now} />
      {hasKey && (
        <Card title={t("snippets")} hint={t("snippetsHint")}>
          <Snippets origin={origin} />
        </Card>
      )}
    </div>
  );
}
