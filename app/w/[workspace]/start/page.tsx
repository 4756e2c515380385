import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DismissButton } from "@/components/onboarding/dismiss-button";
import { StartSteps } from "@/components/onboarding/start-steps";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { getStart } from "@/lib/onboarding/queries";
import { systemClock } from "@/lib/platform/clock";
import { workspaceDay } from "@/lib/workspaces/schema";

type Props = { params: Promise<{ workspace: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("start"))("title") };
}

export default async function StartPage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "stages.read");
  const { workspace, member, role, db } = access;
  const t = await getTranslations("start");
  const now = systemClock();
  const start = await getStart(db, {
    workspaceId: workspace.id,
    memberId: member.id,
    today: workspaceDay(workspace, now),
    now,
  });
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Card>
        <h2 className="sr-only">{t("title")}</h2>
        <StartSteps slug={workspace.slug} role={role} start={start} />
        {start.dismissed && (
          <div className="mt-5 flex flex-wrap items-center gap-x-3 border-t border-line pt-3 text-[13px] text-ink-2">
            {t("hidden")}
            <DismissButton slug={workspace.slug} dismissed />
          </div>
        )}
      </Card>
    </div>
  );
}
