import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { QuarantineFilters } from "@/components/sources/quarantine-filters";
import { QuarantineSampleView } from "@/components/sources/quarantine-sample";
import { ReasonTable } from "@/components/sources/reason-table";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { formatCount, formatInstant } from "@/lib/platform/i18n/format";
import { countByReason, listSamples, quarantineFilter } from "@/lib/sources/quarantine";
import { listSources } from "@/lib/sources/queries";

const SAMPLES = 20;

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sources"))("quarantineTitle") };
}

export default async function QuarantinePage({ params, searchParams }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "data.read");
  const { workspace, db, role } = access;
  const locale = await getLocale();
  const t = await getTranslations("sources");
  const now = systemClock();
  const filter = quarantineFilter.parse(await searchParams);
  const question = { workspaceId: workspace.id, filter, now };
  const [sources, reasons, samples] = await Promise.all([
    listSources(db, workspace.id),
    countByReason(db, question),
    listSamples(db, { ...question, limit: SAMPLES }),
  ]);
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  const total = reasons.reduce((sum, { count }) => sum + count, 0);
  const filtered = Object.values(filter).some((value) => value !== undefined);

  return (
    <div className="grid grid-cols-1 gap-4">
      <Link href={`/w/${workspace.slug}/sources`} className="w-fit text-[13px] text-accent hover:underline">
        {t("back")}
      </Link>
      <PageHeader title={t("quarantineTitle")} purpose={t("quarantinePurpose")} />
      <QuarantineFilters sources={sources.map(({ id, name }) => ({ id, name }))} />
      <p className="text-[13px] text-ink-2">
        <data value={total} data-testid="quarantine-count" className="num font-semibold text-ink">
          {t("total", { count: formatCount(total, locale) })}
        </data>{" "}
        · {t("asOf", { at: formatInstant(now, workspace.timeZone, locale) })}
      </p>
      {total === 0 ? (
        <EmptyState
          reason={filtered ? "no-match" : "no-data"}
          title={t(filtered ? "noMatchTitle" : "cleanTitle")}
          text={t(filtered ? "noMatchText" : "cleanText")}
        >
          {filtered && (
            <Button asChild>
              <Link href={`/w/${workspace.slug}/sources/quarantine`}>{t("clear")}</Link>
            </Button>
          )}
        </EmptyState>
      ) : (
        <>
          <Card title={t("reasons")}>
            <ReasonTable
              slug={workspace.slug}
              reasons={reasons}
              names={names}
              timeZone={workspace.timeZone}
              now={now}
              mayDiscard={can(role, "sources.manage")}
            />
          </Card>
          <section className="grid grid-cols-1 gap-2" aria-labelledby="samples">
            <h2 id="samples" className="font-semibold">
              {t("samples", { count: samples.length })}{" "}
              <span className="text-xs font-normal text-ink-3">{t("samplesHint")}</span>
            </h2>
            <ul className="grid grid-cols-1 gap-3">
              {samples.map((sample) => (
                <QuarantineSampleView
                  key={sample.id}
                  sample={sample}
                  sourceName={names.get(sample.sourceId) ?? String(sample.sourceId)}
                  timeZone={workspace.timeZone}
                />
              ))}
            </ul>
          </section>
        </>
      )}
    </div>
  );
}
