import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ImportWizard } from "@/components/imports/import-wizard";
import { openSteps, stepOf, wizardSteps } from "@/components/imports/wizard-view";
import { stageViews } from "@/components/stages/stage-view";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { findImport, listChunks } from "@/lib/importing/console/queries";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import { workspaceDay } from "@/lib/workspaces/schema";

type Props = {
  params: Promise<{ workspace: string; import: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("imports"))("newTitle") };
}

/** One import at the step of the address; where that is not open now, at the step it stands at. */
export default async function ImportPage({ params, searchParams }: Props) {
  const { workspace: slug, import: id } = await params;
  const access = await workspacePage(slug);
  assertPermission(access, "data.read");
  const { workspace, role, db } = access;
  const importId = Number(id);
  const at = { workspaceId: workspace.id, importId };
  const record = Number.isSafeInteger(importId) && importId > 0 ? await findImport(db, at) : null;
  if (!record) notFound();
  const t = await getTranslations("imports");
  const locale = await getLocale();
  const asked = (await searchParams).step;
  const wanted = wizardSteps.find((one) => one === asked);
  const step = wanted && openSteps(record).includes(wanted) ? wanted : stepOf(record);
  const model = await getDecidingModel(db, workspace.id);
  const { stages } = versionOn(model, workspaceDay(workspace, systemClock())).definition;
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={record.fileName} purpose={t("newPurpose")} />
      {!can(role, "data.import") && <Banner tone="info">{t("noPermission")}</Banner>}
      <ImportWizard
        view={{
          slug,
          timeZone: workspace.timeZone,
          currency: workspace.currency,
          record,
          stages: stageViews(stages, locale),
          mayImport: can(role, "data.import"),
        }}
        step={step}
        arrived={record.state === "uploading" ? (await listChunks(db, at)).length : 0}
      />
    </div>
  );
}
