import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { BoardView } from "@/components/board/board-view";
import { EmptyBoard } from "@/components/board/empty-board";
import { RangePicker } from "@/components/board/range-picker";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { assertPermission } from "@/lib/members/access";
import { workspacePage } from "@/lib/members/workspace-page";
import { systemClock } from "@/lib/platform/clock";
import { localName } from "@/lib/platform/i18n/locale";
import { getBoard } from "@/lib/stages/board";
import { describeStages } from "@/lib/stages/describe";
import { findFirstDay } from "@/lib/stages/first-day";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import { getArpu } from "@/lib/value/arpu";
import { workspaceDay } from "@/lib/workspaces/schema";
import { readBoardParams } from "./search-params";

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
  const { range, ignored } = readBoardParams(await searchParams, today);

  const model = await getDecidingModel(access.db, workspace.id);
  const [board, value, firstDay] = await Promise.all([
    getBoard(access.db, { workspace, ...range }),
    getArpu(access.db, { workspaceId: workspace.id, ...range }),
    findFirstDay(access.db, { workspaceId: workspace.id, modelId: model.modelId }),
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
          <RangePicker range={range} today={today} firstDay={firstDay} timeZone={workspace.timeZone} />
        )}
      </PageHeader>
      {ignored && <Banner tone="warning">{t("range.ignored")}</Banner>}
      {empty ? (
        <EmptyBoard slug={workspace.slug} origin={await ownOrigin()} />
      ) : (
        <BoardView
          slug={workspace.slug}
          timeZone={workspace.timeZone}
          board={board}
          value={value}
          currency={workspace.currency}
          definitions={definitions}
          unfinishedDay={workspace.clockMode !== "fixed" && range.to === today ? today : null}
        />
      )}
    </div>
  );
}

async function ownOrigin(): Promise<string> {
  const head = await headers();
  return `${head.get("x-forwarded-proto") ?? "http"}://${head.get("host") ?? "localhost"}`;
}
