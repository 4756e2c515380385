import { getTranslations } from "next-intl/server";
import type { StageView } from "@/components/stages/stage-view";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { CustomerQuestion } from "@/lib/customers/find-customer";
import { maskEvent, maskStageTrace } from "@/lib/customers/mask-answers";
import type { CustomerProfile } from "@/lib/customers/schema";
import { getTimeline, listCustomKindsOf } from "@/lib/customers/timeline";
import { readTimelineFilter } from "@/lib/customers/timeline-filter";
import { describeEvidence, kindName } from "@/lib/customers/words";
import { standardKinds } from "@/lib/intake/kinds";
import type { Db } from "@/lib/platform/db";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import { type Locale, localName } from "@/lib/platform/i18n/locale";
import { liveTransitions } from "@/lib/stages/history";
import { getModelName, getWhy } from "@/lib/stages/why-query";
import { DetailsPanel } from "./details-panel";
import { MetricGroups } from "./metric-groups";
import { StageHistory } from "./stage-history";
import { Timeline } from "./timeline";
import { TimelineFilter } from "./timeline-filter";
import type { ShownTransition } from "./timeline-transition";
import { WhyPanel } from "./why-panel";

export const customerTabs = ["overview", "timeline", "why", "details"] as const;

interface Shown {
  db: Db;
  question: CustomerQuestion;
  profile: CustomerProfile;
  stages: readonly StageView[];
  search: Record<string, string | string[] | undefined>;
  locale: Locale;
}

/** The part of the customer page that the address asks for. */
export function CustomerTab({ tab, ...shown }: Shown & { tab: (typeof customerTabs)[number] }) {
  const { profile, question, locale } = shown;
  if (tab === "timeline") return <TimelineTab {...shown} />;
  if (tab === "why") return <WhyTab {...shown} />;
  if (tab === "details")
    return (
      <DetailsPanel
        slug={question.workspace.slug}
        profile={profile}
        locale={locale}
        timeZone={question.workspace.timeZone}
      />
    );
  return <OverviewTab {...shown} />;
}

async function OverviewTab({ db, question, profile, stages, locale }: Shown) {
  const { workspace, asOf, today, model } = question;
  const reader = { locale, currency: workspace.currency };
  const name = await getModelName(db, { workspaceId: workspace.id, modelId: model.modelId });
  return (
    <div className="grid grid-cols-1 gap-4">
      <StageHistory
        log={profile.history}
        stages={stages}
        reader={reader}
        timeZone={workspace.timeZone}
        asOf={asOf}
        today={today}
        modelName={localName(name, locale)}
        fileName={`${workspace.slug}-${profile.customerId}-stages`}
      />
      <MetricGroups metrics={profile.metrics} reader={reader} asOfWords={formatDay(asOf, locale)} />
    </div>
  );
}

async function WhyTab({ db, question, profile, stages, locale }: Shown) {
  const t = await getTranslations("customer");
  const { workspace, customer, asOf, model } = question;
  const [why, name] = await Promise.all([
    getWhy(db, { workspaceId: workspace.id, model, customerId: customer.customerId, asOf }),
    getModelName(db, { workspaceId: workspace.id, modelId: model.modelId }),
  ]);
  // The page says the customer was there by this day, so there are values to judge by.
  if (!why.trace) return null;
  return (
    <div className="grid grid-cols-1 gap-4">
      {profile.standing && profile.standing.stage !== why.trace.stage && (
        <Banner tone="working">{t("computing")}</Banner>
      )}
      <WhyPanel
        trace={maskStageTrace(why.trace)}
        definition={why.deciding.definition}
        asOf={asOf}
        modelName={localName(name, locale)}
        version={why.version}
        effectiveOn={why.effectiveOn}
        stages={stages}
        reader={{ locale, currency: workspace.currency }}
      />
    </div>
  );
}

const FIRST_PAGE = 50;

async function TimelineTab({ db, question, profile, stages, search, locale }: Shown) {
  const t = await getTranslations("customer");
  const { workspace, customer, asOf } = question;
  const { currency, timeZone, slug } = workspace;
  const filter = readTimelineFilter(search);
  const who = { workspaceId: workspace.id, customerId: customer.customerId };
  const to = filter.to && filter.to < asOf ? filter.to : asOf;
  const asked = { ...who, timeZone, kinds: filter.kinds, from: filter.from, to, limit: FIRST_PAGE };
  const [page, customKinds] = await Promise.all([getTimeline(db, asked), listCustomKindsOf(db, who)]);

  const kinds = [...standardKinds.map(({ key }) => key), ...customKinds].map((key) => ({
    key,
    name: kindName(key, locale),
  }));
  const viewOf = (key: string): StageView =>
    stages.find((one) => one.key === key) ?? { key, name: key, color: "#7A7A7A", icon: "circle" };
  const transitions = liveTransitions(profile.history)
    .filter((one) => filter.kinds.length === 0 && one.effectiveOn <= to)
    .filter((one) => filter.from === null || one.effectiveOn >= filter.from)
    .map(
      (one): ShownTransition => ({
        seq: one.seq,
        day: one.effectiveOn,
        at: one.effectiveAt.toISOString(),
        from: one.fromStage === null ? null : viewOf(one.fromStage),
        to: viewOf(one.toStage),
        cause: one.cause,
        version: one.version,
        evidence: describeEvidence(one.evidence, { locale, currency }),
      }),
    );
  const params = new URLSearchParams({ asOf, to, limit: String(FIRST_PAGE) });
  if (filter.kinds.length) params.set("kind", filter.kinds.join(","));
  if (filter.from) params.set("from", filter.from);
  const count = page.count ?? 0;
  const isFiltered = filter.kinds.length > 0 || filter.from !== null || filter.to !== null;
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <TimelineFilter
          key={JSON.stringify(filter)}
          filter={filter}
          kinds={kinds}
          last={asOf}
          locale={locale}
        />
        <data value={count} data-testid="events-count" className="num font-semibold">
          {t("eventsCount", { count: formatCount(count, locale), n: count })}
        </data>
      </div>
      {count === 0 && transitions.length === 0 ? (
        <EmptyState
          reason={isFiltered ? "no-match" : "no-data"}
          title={t(isFiltered ? "noEventsTitle" : "noEvents")}
          text={t(isFiltered ? "noEventsText" : "noEventsYet", { day: formatDay(asOf, locale) })}
        />
      ) : (
        <Timeline
          key={params.toString()}
          url={`/api/workspaces/${slug}/customers/${customer.customerId}/timeline?${params}`}
          first={{
            ...page,
            events: page.events
              .map(maskEvent)
              .map((event) => ({ ...event, occurredAt: event.occurredAt.toISOString() })),
          }}
          transitions={transitions}
          kindNames={Object.fromEntries(kinds.map(({ key, name }) => [key, name]))}
          timeZone={timeZone}
          currency={currency}
        />
      )}
    </Card>
  );
}
