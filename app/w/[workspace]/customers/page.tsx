import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { CustomersView } from "@/components/customers/customers-view";
import { stageViews } from "@/components/stages/stage-view";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { SavedViews } from "@/components/views/saved-views";
import { countCustomers, listCustomers } from "@/lib/customers/list";
import { listHref, standardSearch } from "@/lib/customers/list-address";
import { listQuestion } from "@/lib/customers/list-asked";
import { columnViews } from "@/lib/customers/list-columns";
import { shownRows } from "@/lib/customers/list-covered";
import { cursorToText, readListParams } from "@/lib/customers/list-params";
import { defaultColumns, defaultSort } from "@/lib/customers/list-schema";
import { listTags } from "@/lib/customers/tags";
import { allows, assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { listParamValues } from "@/lib/metrics/values";
import { metricViews, storedMetricKeys } from "@/lib/metrics/view";
import { answerWithin } from "@/lib/platform/answer-within";
import { systemClock } from "@/lib/platform/clock";
import { formatDay } from "@/lib/platform/i18n/format";
import { explainRule } from "@/lib/rules/explain";
import { findDefaultSearch, listViews } from "@/lib/views/queries";

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
  const { workspace, db } = access;
  const locale = await getLocale();
  const t = await getTranslations("customers");
  const search = await searchParams;
  const views = { workspaceId: workspace.id, memberId: access.member.id, page: "customers" } as const;
  if (Object.keys(search).length === 0) {
    const starred = await findDefaultSearch(db, views);
    if (starred) redirect(`/w/${workspace.slug}/customers?${starred}`);
  }
  const { list, ignored } = readListParams(search);
  const question = await listQuestion(db, { workspace, filter: list, now: systemClock() });
  const { asked, settledOn, endingStages, definition } = question;

  const [answer, tags, paramValues, saved] = await Promise.all([
    answerWithin(db, async (client) => {
      const columns = list.cols ?? defaultColumns;
      const sort = list.sort ?? defaultSort;
      const page = await listCustomers(client, { ...asked, endingStages, columns, sort, limit: FIRST_PAGE });
      return { page, count: await countCustomers(client, asked) };
    }),
    listTags(db, workspace.id),
    listParamValues(db, workspace.id),
    listViews(db, views),
  ]);

  const dayName = (day: typeof asked.asOf) => formatDay(day, locale);
  const isPast = asked.asOf !== asked.today;
  const hasFilter = Boolean(list.stage || list.fromStage || list.rule || list.tag || isPast);
  const freshness =
    settledOn === null ? (
      <span>{t("neverComputed")}</span>
    ) : (
      <span data-testid="list-as-of">
        {t("asOfStages", { day: dayName(asked.asOf) })} ·{" "}
        {t("asOfMetrics", { day: dayName(asked.metricsOn) })}
      </span>
    );
  const reader = { locale, currency: workspace.currency };
  const tooSlow = answer === "too_slow";
  const isEmpty = tooSlow || answer.page.customers.length === 0;

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("title")} purpose={t("purpose")}>
        <SavedViews
          slug={workspace.slug}
          page="customers"
          views={saved}
          standard={standardSearch}
          presets={null}
        />
      </PageHeader>
      {ignored.length > 0 && <Banner tone="warning">{t("ignored", { names: ignored.join(", ") })}</Banner>}
      {isPast && (
        <Banner tone="info">
          {t("asOfDiffers", { asOf: dayName(asked.asOf), metricsOn: dayName(asked.metricsOn) })}
        </Banner>
      )}
      {!isPast && settledOn !== null && settledOn < asked.today && (
        <Banner tone="working">{t("settling", { day: dayName(settledOn) })}</Banner>
      )}
      <CustomersView
        scene={{
          slug: workspace.slug,
          currency: workspace.currency,
          today: asked.today,
          asOf: asked.asOf,
          metricsOn: asked.metricsOn,
          stages: stageViews(definition.stages, locale),
          tags,
          columns: columnViews(locale, workspace.currency),
          metrics: metricViews(),
          storedMetrics: storedMetricKeys,
          paramValues,
          mayTag: allows(access, "customers.tag"),
          mayExport: allows(access, "customers.export"),
          list,
        }}
        ruleText={list.rule ? explainRule(list.rule, reader) : null}
        freshness={freshness}
        found={
          isEmpty
            ? null
            : {
                first: {
                  customers: shownRows(answer.page.customers, allows(access, "customers.reveal")),
                  next: answer.page.next && cursorToText(answer.page.next),
                },
                count: answer.count,
                pageSize: FIRST_PAGE,
              }
        }
        nothing={
          tooSlow ? (
            <EmptyState reason="computing" title={t("tooSlowTitle")} text={t("tooSlowText")} />
          ) : hasFilter ? (
            <>
              <p className="flex flex-wrap items-baseline gap-x-3 text-[13px] text-ink-3">
                <data
                  value={0}
                  data-testid="customers-count"
                  className="num text-base font-semibold text-ink"
                >
                  {t("count", { count: "0", n: 0 })}
                </data>
                {freshness}
              </p>
              <EmptyState
                reason="no-match"
                title={t("noMatchTitle")}
                text={t("noMatchText", { day: dayName(asked.asOf) })}
              >
                <Button asChild>
                  <Link href={listHref(workspace.slug, {})}>{t("clear")}</Link>
                </Button>
              </EmptyState>
            </>
          ) : (
            <EmptyState title={t("noneTitle")} text={t("noneText")}>
              <Button asChild>
                <Link href={`/w/${workspace.slug}/board`}>{t("toBoard")}</Link>
              </Button>
            </EmptyState>
          )
        }
      />
    </div>
  );
}
