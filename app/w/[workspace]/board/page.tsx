import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { BoardView } from "@/components/board/board-view";
import { EmptyStart } from "@/components/onboarding/empty-start";
import { RangePicker } from "@/components/range/range-picker";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { SavedViews } from "@/components/views/saved-views";
import { assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { getStart } from "@/lib/onboarding/queries";
import { systemClock } from "@/lib/platform/clock";
import { comparedRange, presetsOf, readRangeParams } from "@/lib/platform/http/day-range";
import { localName } from "@/lib/platform/i18n/locale";
import { getBoard } from "@/lib/stages/board";
import { getComparison } from "@/lib/stages/comparison";
import { describeStages } from "@/lib/stages/describe";
import { findFirstDay } from "@/lib/stages/first-day";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import { getArpu } from "@/lib/value/arpu";
import { findDefaultSearch, listViews } from "@/lib/views/queries";
import { workspaceDay } from "@/lib/workspaces/schema";

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("board"))("title") };
}

export default async function BoardPage({ params, searchParams }: Props) {
  const access = await workspacePage((await params).workspace);
  assertPermission(access, "stages.read");
  const { workspace } = access;
  const locale = await getLocale();
  const t = await getTranslations();
  const today = workspaceDay(workspace, systemClock());

  const search = await searchParams;
  const views = { workspaceId: workspace.id, memberId: access.member.id, page: "board" } as const;
  if (Object.keys(search).length === 0) {
    const starred = await findDefaultSearch(access.db, views);
    if (starred) redirect(`/w/${workspace.slug}/board?${starred}`);
  }

  const model = await getDecidingModel(access.db, workspace.id);
  const scope = { workspaceId: workspace.id };
  const firstDay = await findFirstDay(access.db, { ...scope, modelId: model.modelId });
  const asked = readRangeParams(search, { today, firstDay, others: ["trend", "flow"] });
  const { range, comparison, ignored } = asked;
  const before = comparedRange(range, comparison);
  const [board, value, compared, saved] = await Promise.all([
    getBoard(access.db, { workspace, ...range }),
    getArpu(access.db, { ...scope, ...range }),
    before &&
      Promise.all([
        getComparison(access.db, { workspace, ...before }),
        getArpu(access.db, { ...scope, ...before }),
      ]).then(([stages, arpu]) => ({ stages, value: arpu })),
    listViews(access.db, views),
  ]);
  const definition = versionOn(model, range.to).definition;
  const definitions = describeStages(definition, { locale, currency: workspace.currency }).map(
    ({ stage, rule }, i) => {
      const meaning = definition.stages.find((one) => one.key === stage)?.meaning;
      return { key: stage, rule, place: i + 1, meaning: meaning ? localName(meaning, locale) : "" };
    },
  );
  const empty = firstDay === null && board.pending === 0;

  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("board.title")} purpose={t("board.purpose")}>
        {!empty && (
          <div className="flex flex-wrap items-center gap-2">
            <SavedViews
              slug={workspace.slug}
              page="board"
              views={saved}
              standard="range=30d"
              presets={presetsOf(range, today, firstDay)}
            />
            <RangePicker
              range={range}
              comparison={comparison}
              today={today}
              firstDay={firstDay}
              timeZone={workspace.timeZone}
            />
          </div>
        )}
      </PageHeader>
      {ignored.length > 0 && (
        <Banner tone="warning">{t("range.ignored", { names: ignored.join(", ") })}</Banner>
      )}
      {empty ? (
        <EmptyStart
          title={t("board.emptyTitle")}
          text={t("board.emptyText")}
          slug={workspace.slug}
          role={access.role}
          start={
            await getStart(access.db, { ...scope, memberId: access.member.id, today, now: systemClock() })
          }
        />
      ) : (
        <BoardView
          slug={workspace.slug}
          timeZone={workspace.timeZone}
          board={board}
          value={value}
          compared={compared}
          currency={workspace.currency}
          definitions={definitions}
          unfinishedDay={workspace.clockMode !== "fixed" && range.to === today ? today : null}
        />
      )}
    </div>
  );
}
