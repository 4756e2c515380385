import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { CustomersTable } from "@/components/customers/customers-table";
import { FilterBar } from "@/components/customers/filter-bar";
import { stageViews } from "@/components/stages/stage-view";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { can } from "@/lib/members/permissions";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import { customersSearch, listDay, readCustomersFilter, stageFilterOf } from "@/lib/stages/customers-filter";
import { countCustomersInStage, listCustomersInStage } from "@/lib/stages/customers-in-stage";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import { workspaceDay } from "@/lib/workspaces/schema";

const FIRST_PAGE = 100;

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers"))("title") };
}

export default async function CustomersPage({ params, searchParams }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "customers.read");
  const { workspace, role } = access;
  const locale = await getLocale();
  const t = await getTranslations("customers");
  const today = workspaceDay(workspace, systemClock());
  const { filter, ignored } = readCustomersFilter(await searchParams);
  const asOf = listDay(filter.asOf, today);

  const model = await getDecidingModel(access.db, workspace.id);
  const stages = stageViews(versionOn(model, asOf).definition.stages, locale);
  const question = { workspaceId: workspace.id, ...stageFilterOf(filter, asOf) };
  const [count, first] = await Promise.all([
    countCustomersInStage(access.db, question),
    listCustomersInStage(access.db, { ...question, limit: FIRST_PAGE }),
  ]);
  const search = customersSearch({ ...filter, asOf });
  const unfiltered = !filter.stage && !filter.fromStage && asOf === today;

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        {can(role, "customers.export") && count > 0 && (
          <Button asChild>
            <a href={`/api/workspaces/${workspace.slug}/customers/export?${search}`} download>
              <Download aria-hidden size={15} />
              {t("export")}
            </a>
          </Button>
        )}
      </PageHeader>
      {ignored.length > 0 && <Banner tone="warning">{t("ignored", { names: ignored.join(", ") })}</Banner>}
      <FilterBar slug={workspace.slug} filter={filter} asOf={asOf} today={today} stages={stages} />
      <p className="flex flex-wrap items-baseline gap-x-3 text-[13px] text-ink-3">
        <data value={count} data-testid="customers-count" className="num text-base font-semibold text-ink">
          {t("count", { count: formatCount(count, locale), n: count })}
        </data>
        {model.settledOn !== null && model.settledOn !== asOf && (
          <span>{t("asRecomputed", { day: formatDay(model.settledOn as typeof asOf, locale) })}</span>
        )}
      </p>
      {count > 0 ? (
        <CustomersTable
          key={search}
          slug={workspace.slug}
          search={search}
          count={count}
          first={first}
          pageSize={FIRST_PAGE}
          stages={stages}
          currency={workspace.currency}
        />
      ) : unfiltered ? (
        <EmptyState title={t("noneTitle")} text={t("noneText")}>
          <Button asChild>
            <Link href={`/w/${workspace.slug}/board`}>{t("toBoard")}</Link>
          </Button>
        </EmptyState>
      ) : (
        <EmptyState
          reason="no-match"
          title={t("noMatchTitle")}
          text={t("noMatchText", { day: formatDay(asOf, locale) })}
        >
          <Button asChild>
            <Link href={`/w/${workspace.slug}/customers`}>{t("clear")}</Link>
          </Button>
        </EmptyState>
      )}
    </div>
  );
}
