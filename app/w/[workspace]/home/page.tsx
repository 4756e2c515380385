import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PeopleTiles, RunsCard } from "@/components/home/admin-cards";
import { MovesCard } from "@/components/home/moves-card";
import { ValueTiles } from "@/components/home/value-tiles";
import { WaitingTiles } from "@/components/home/waiting-tiles";
import { EmptyStart } from "@/components/onboarding/empty-start";
import { stageViews } from "@/components/stages/stage-view";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { countPeople, getWaiting, listLastRuns } from "@/lib/home/queries";
import { type HomeWindow, homeWindow } from "@/lib/home/window";
import { findLastVisit } from "@/lib/members/queries";
import type { MemberAccess } from "@/lib/members/schema";
import { workspacePage } from "@/lib/members/workspace-page";
import { getStart } from "@/lib/onboarding/queries";
import { systemClock } from "@/lib/platform/clock";
import { addDays, type Day } from "@/lib/platform/day";
import { webPrisma } from "@/lib/platform/http/connections";
import { comparedRange } from "@/lib/platform/http/day-range";
import { formatDay } from "@/lib/platform/i18n/format";
import { momentsOf } from "@/lib/platform/i18n/moment";
import { type Board, getBoard } from "@/lib/stages/board";
import { getArpu } from "@/lib/value/arpu";
import { workspaceDay } from "@/lib/workspaces/schema";

type Props = { params: Promise<{ workspace: string }> };

/** Stages a manager wants to know about before they grow. */
const LEAVING = ["decline", "churned"];
const VALUE_DAYS = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("home"))("title") };
}

/** Where one lands: what one's role is there for. */
export default async function HomePage({ params }: Props) {
  const access = await workspacePage((await params).workspace);
  const { workspace, member, role, db } = access;
  const t = await getTranslations("home");
  const locale = await getLocale();
  const now = systemClock();
  const today = workspaceDay(workspace, now);
  const lastVisit = await findLastVisit(webPrisma(), { memberId: member.id, workspaceId: workspace.id });
  const window = homeWindow(workspace, today, lastVisit);
  const board = await getBoard(db, { workspace, from: window.from, to: window.to });
  const page = { access, board, window, today, now };
  return (
    <div className="grid grid-cols-1 gap-4">
      <PageHeader title={t("hello", { name: member.name })} purpose={t(`purpose.${role}`)}>
        <Button asChild>
          <Link href={`/w/${workspace.slug}/board`}>{t("toBoard")}</Link>
        </Button>
      </PageHeader>
      {board.customers === 0 && board.pending === 0 ? (
        <EmptyStart
          title={t("emptyTitle")}
          text={t("emptyText")}
          slug={workspace.slug}
          role={role}
          start={await getStart(db, { workspaceId: workspace.id, memberId: member.id, today, now })}
        />
      ) : (
        <p className="text-xs text-ink-3">
          {t("asOf", { day: formatDay(today, locale), zone: workspace.timeZone })}
        </p>
      )}
      <RoleHome {...page} />
    </div>
  );
}

interface HomeProps {
  access: MemberAccess;
  board: Board;
  window: HomeWindow;
  today: Day;
  now: Date;
}

async function RoleHome(props: HomeProps) {
  switch (props.access.role) {
    case "operator":
      return <OperatorHome {...props} />;
    case "analyst":
      return <AnalystHome {...props} />;
    case "manager":
      return <ManagerHome {...props} />;
    case "admin":
      return <AdminHome {...props} />;
  }
}

async function Moves({ access, board, window, into }: HomeProps & { into?: readonly string[] }) {
  const stages = stageViews(board.stages, await getLocale());
  return <MovesCard slug={access.workspace.slug} board={board} stages={stages} window={window} into={into} />;
}

async function OperatorHome(props: HomeProps) {
  const { access, board, now } = props;
  const waiting = await getWaiting(access.db, { workspaceId: access.workspace.id, now });
  return (
    <>
      <WaitingTiles
        slug={access.workspace.slug}
        role={access.role}
        waiting={waiting}
        pending={board.pending}
      />
      <Moves {...props} />
    </>
  );
}

async function AnalystHome(props: HomeProps) {
  const { access, today } = props;
  const { workspace, db } = access;
  const range = { from: addDays(today, 1 - VALUE_DAYS), to: today };
  const earlier = comparedRange(range, "previous") ?? range;
  const [value, before] = await Promise.all([
    getArpu(db, { workspaceId: workspace.id, ...range }),
    getArpu(db, { workspaceId: workspace.id, ...earlier }),
  ]);
  return (
    <>
      <ValueTiles
        slug={workspace.slug}
        currency={workspace.currency}
        range={range}
        earlier={earlier}
        value={value}
        before={before}
      />
      <Moves {...props} />
    </>
  );
}

async function ManagerHome(props: HomeProps) {
  const t = await getTranslations("home");
  return (
    <>
      <EmptyState title={t("approvalsTitle")} text={t("approvalsText")} />
      <Moves {...props} into={LEAVING} />
    </>
  );
}

async function AdminHome({ access, board, now }: HomeProps) {
  const { workspace, role, db } = access;
  const [people, waiting, runs] = await Promise.all([
    countPeople(db, { workspaceId: workspace.id, now }),
    getWaiting(db, { workspaceId: workspace.id, now }),
    listLastRuns(db, workspace.id),
  ]);
  const moment = momentsOf(workspace.timeZone, await getLocale(), now);
  return (
    <>
      <WaitingTiles slug={workspace.slug} role={role} waiting={waiting} pending={board.pending} />
      <PeopleTiles slug={workspace.slug} people={people} />
      <RunsCard runs={runs.map(({ startedAt, ...run }) => ({ ...run, started: moment(startedAt) }))} />
    </>
  );
}
