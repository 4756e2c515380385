import { useLocale, useTranslations } from "next-intl";
import { Figure } from "@/components/charts/figure";
import { FigureMenu } from "@/components/charts/figure-menu";
import { stageViews } from "@/components/stages/stage-view";
import { Count } from "@/components/ui/count";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import type { Board } from "@/lib/stages/board";
import type { Comparison } from "@/lib/stages/comparison";
import type { Arpu } from "@/lib/value/arpu";
import { ArpuLine } from "./arpu-line";
import { Change, type Earlier } from "./change";
import { FlowSankey, TrendChart } from "./charts";
import { customersHref } from "./customer-links";
import { flowData, stagesData, trendData } from "./figure-data";
import { FreshnessBanner } from "./freshness-banner";
import { StageBar } from "./stage-bar";
import { type StageDefinition, StageTiles } from "./stage-tiles";
import { TransitionMatrix } from "./transition-matrix";
import { shownPoints } from "./trend";
import { TrendTable } from "./trend-table";

/** The board: everybody as one bar, a tile a stage, where people went, and how the stages grew. */
export function BoardView({
  slug,
  timeZone,
  board,
  value,
  compared,
  currency,
  definitions,
  unfinishedDay,
}: {
  slug: string;
  timeZone: string;
  board: Board;
  value: Arpu;
  /** The period the board is held against; null when it stands for itself. */
  compared: { stages: Comparison; value: Arpu } | null;
  currency: string;
  definitions: StageDefinition[];
  /** The day that is still running; null when the period ends before it or the clock stands. */
  unfinishedDay: Day | null;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const { asOf, previousOn, flow } = board;
  const views = stageViews(board.stages, locale);
  const comparable = compared !== null && compared.stages.customers > 0;
  const earlierOf = (now: (of: Comparison) => number): Earlier | null =>
    compared && { on: compared.stages.to, value: now(compared.stages), comparable };
  const stages = board.stages.map(({ key, customers }, i) => ({
    ...views[i]!,
    customers,
    earlier: earlierOf(({ counts }) => counts[key] ?? 0),
  }));
  const earlierCustomers = earlierOf(({ customers }) => customers);
  const shown = shownPoints(board.trend.map(({ day }) => day));
  const trend = shown.map((i) => board.trend[i]!);
  const comparedTrend = comparable
    ? { ...compared.stages, trend: shown.flatMap((i) => compared.stages.trend[i] ?? []) }
    : null;
  const days = { from: formatDay(previousOn, locale), to: formatDay(asOf, locale) };
  const count = formatCount(board.customers, locale);
  const moving = board.settledOn === null || board.settledOn < asOf || board.pending > 0;
  const source = <p>{t("source", { day: days.to, zone: timeZone })}</p>;
  const period = t("period", { from: formatDay(board.from, locale), to: days.to });
  const words = {
    stage: t("stage"),
    customers: t("trendUnit"),
    before: t("before"),
    day: t("day"),
    from: t("matrixFrom", { day: days.from }),
    appeared: t("appeared"),
    total: t("total"),
  };
  const fileName = (what: string) => `${slug}-${what}-${board.from}-${asOf}`;

  return (
    <>
      {moving && <FreshnessBanner settledOn={board.settledOn} to={asOf} pending={board.pending} />}
      <section aria-label={t("barTitle")} className="rounded-card border border-line bg-surface p-4">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h2 className="font-semibold">{t("barTitle")}</h2>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-[13px] text-ink-2">{t("customers")}</span>
            <ListLink
              href={customersHref(slug, { asOf })}
              aria-label={t("openAll", { count })}
              data-testid="customers-total"
              className="rounded text-xl font-semibold hover:text-accent hover:underline"
            >
              <Count value={board.customers} locale={locale} />
            </ListLink>
            {earlierCustomers && <Change now={board.customers} earlier={earlierCustomers} />}
          </p>
          <ArpuLine
            value={value}
            compared={unfinishedDay ? null : (compared?.value ?? null)}
            currency={currency}
          />
          <FigureMenu title={t("barTitle")} data={stagesData(fileName("stages"), stages, words)} picture />
        </div>
        <StageBar slug={slug} asOf={asOf} stages={stages} />
        <div className="mt-3 flex flex-wrap justify-between gap-x-6 text-xs text-ink-3">
          {source}
          {comparable && <p>{t("change", { day: formatDay(compared.stages.to, locale) })}</p>}
        </div>
      </section>
      <StageTiles slug={slug} asOf={asOf} stages={stages} definitions={definitions} version={board.version} />
      <Figure
        id="trend"
        title={t("trendTitle")}
        period={period}
        info={t("trendInfo")}
        chart={
          <TrendChart
            slug={slug}
            trend={trend}
            compared={comparedTrend}
            stages={views}
            unfinishedDay={unfinishedDay}
            label={t("trendChart", days)}
          />
        }
        table={<TrendTable slug={slug} trend={trend} stages={views} from={previousOn} to={asOf} />}
        data={trendData(fileName("trend"), trend, views, words)}
        footer={source}
      />
      <Figure
        id="flow"
        title={t("flowTitle", days)}
        info={t("flowInfo", days)}
        chart={
          <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_auto]">
            <FlowSankey
              slug={slug}
              previousOn={previousOn}
              asOf={asOf}
              flow={flow}
              stages={views}
              label={t("flowChart", { ...days, count })}
            />
            <TransitionMatrix slug={slug} previousOn={previousOn} asOf={asOf} flow={flow} stages={views} />
          </div>
        }
        table={
          <TransitionMatrix slug={slug} previousOn={previousOn} asOf={asOf} flow={flow} stages={views} />
        }
        data={flowData(fileName("flow"), flow, views, words)}
        footer={source}
      />
    </>
  );
}
