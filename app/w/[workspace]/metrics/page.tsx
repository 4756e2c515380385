import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { MetricsView } from "@/components/metrics/metrics-view";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { catalogueEntries } from "@/lib/metrics/catalogue-entries";
import { getCoverage } from "@/lib/metrics/distribution";
import { listParamValues } from "@/lib/metrics/values";
import { systemClock } from "@/lib/platform/clock";
import { day } from "@/lib/platform/day";
import { findLastRecompute } from "@/lib/runs/last-recompute";
import { getDecidingModel } from "@/lib/stages/queries";
import { workspaceDay } from "@/lib/workspaces/schema";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("metrics"))("title") };
}

export default async function MetricsPage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "metrics.read");
  const { workspace, db } = access;
  const t = await getTranslations("metrics");
  const locale = await getLocale();
  const model = await getDecidingModel(db, workspace.id);
  const settledOn = day.nullable().parse(model.settledOn);
  const asOf = settledOn ?? workspaceDay(workspace, systemClock());
  const [coverage, paramValues, recomputedAt] = await Promise.all([
    getCoverage(db, { workspaceId: workspace.id, asOf }),
    listParamValues(db, workspace.id),
    findLastRecompute(db, workspace.id),
  ]);
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")} />
      {settledOn === null && <Banner tone="working">{t("neverText")}</Banner>}
      <MetricsView
        slug={workspace.slug}
        currency={workspace.currency}
        timeZone={workspace.timeZone}
        entries={catalogueEntries({ locale, currency: workspace.currency })}
        coverage={coverage}
        traitKeys={paramValues.traitKeys}
        settledOn={settledOn}
        recomputedAt={recomputedAt}
      />
    </div>
  );
}
