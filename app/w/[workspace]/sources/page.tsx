import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { CreateSource } from "@/components/sources/create-source";
import { SourceFacts } from "@/components/sources/source-facts";
import { SourceNumbers } from "@/components/sources/source-numbers";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { ownOrigin } from "@/lib/platform/http/own-origin";
import { formatCount, formatInstant } from "@/lib/platform/i18n/format";
import { healthOf } from "@/lib/sources/health";
import { countByReason } from "@/lib/sources/quarantine";
import { listActiveHours, listKindActivity, listSources } from "@/lib/sources/queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sources"))("title") };
}

export default async function SourcesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "data.read");
  const { workspace, db, role } = access;
  const locale = await getLocale();
  const t = await getTranslations("sources");
  const now = systemClock();
  const p = { workspaceId: workspace.id };
  const [sources, kinds, hours, refused] = await Promise.all([
    listSources(db, workspace.id),
    listKindActivity(db, p),
    listActiveHours(db, p),
    countByReason(db, { ...p, filter: {}, now }),
  ]);
  const refusedOf = (sourceId?: number) =>
    refused
      .filter((one) => sourceId === undefined || one.sourceId === sourceId)
      .reduce((total, { count }) => total + count, 0);
  const mayManage = can(role, "sources.manage");
  const waiting = refusedOf();

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        {mayManage && <CreateSource slug={workspace.slug} origin={await ownOrigin()} />}
      </PageHeader>
      <p className="text-xs text-ink-3">
        {t("asOf", { at: formatInstant(now, workspace.timeZone, locale) })} · {workspace.timeZone}
      </p>
      {waiting > 0 && (
        <Banner
          tone="warning"
          action={
            <Button asChild size="small">
              <Link href={`/w/${workspace.slug}/sources/quarantine`}>{t("toQuarantine")}</Link>
            </Button>
          }
        >
          {t("quarantineBanner", { count: formatCount(waiting, locale) })}
        </Banner>
      )}
      {sources.length === 0 && (
        <EmptyState title={t("noneTitle")} text={t(mayManage ? "noneText" : "noneTextReader")} />
      )}
      {healthOf(sources, { kinds, hours, now }).map((health) => (
        <section
          key={health.source.id}
          aria-labelledby={`source-${health.source.id}`}
          data-testid="source"
          className="grid min-w-0 gap-3 rounded-card border border-line bg-surface p-4"
        >
          <div className="grid gap-1">
            <h2 id={`source-${health.source.id}`} className="font-semibold">
              <Link href={`/w/${workspace.slug}/sources/${health.source.id}`} className="hover:underline">
                <span lang="und">{health.source.name}</span>
              </Link>
            </h2>
            <SourceFacts health={health} timeZone={workspace.timeZone} now={now} />
          </div>
          <SourceNumbers slug={workspace.slug} health={health} refused={refusedOf(health.source.id)} />
        </section>
      ))}
    </div>
  );
}
