import { useLocale, useTranslations } from "next-intl";
import { Figure } from "@/components/charts/figure";
import { stageViews } from "@/components/stages/stage-view";
import { Count } from "@/components/ui/count";
import { ListLink } from "@/components/ui/list-link";
import type { Day } from "@/lib/platform/day";
import { formatCount, formatDay } from "@/lib/platform/i18n/format";
import type { Board } from "@/lib/stages/board";
import type { Arpu } from "@/lib/value/arpu";
import { ArpuLine } from "./arpu-line";
import { Change } from "./change";
import { FlowSankey, TrendChart } from "./charts";
import { customersHref } from "./customer-links";
import { FreshnessBanner } from "./freshness-banner";
import { StageBar } from "./stage-bar";
import { type StageDefinition, StageTiles } from "./stage-tiles";
import { TransitionMatrix } from "./transition-matrix";
import { TrendTable } from "./trend-table";

/** The board: everybody as one bar, a tile a stage, where people went, and how the stages grew. */
export function BoardView({
  slug,
  timeZone,
  board,
  value,
  currency,
  definitions,
  unfinishedDay,
}: {
  slug: string;
  timeZone: string;
  board: Board;
  value: Arpu;
  currency: string;
  definitions: StageDefinition[];
  /** The day that is still running; null when the period ends before it or the clock stands. */
  unfinishedDay: Day | null;
}) {
  const t = useTranslations("board");
  const locale = useLocale();
  const { asOf, previousOn, flow, trend } = board;
  const views = stageViews(board.stages, locale);
  const stages = board.stages.map(({ customers, previous }, i) => ({ ...views[i]!, customers, previous }));
  const comparable = board.previousCustomers > 0;
  const days = { from: formatDay(previousOn, locale), to: formatDay(asOf, locale) };
  const count = formatCount(board.customers, locale);
  const moving = board.settledOn === null || board.settledOn < asOf || board.pending > 0;
  const source = <p>{t("source", { day: days.to, zone: timeZone })}</p>;

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
            <Change
              now={board.customers}
              before={board.previousCustomers}
              comparable={comparable}
              previousOn={previousOn}
            />
          </p>
          <ArpuLine value={value} currency={currency} />
        </div>
        <StageBar slug={slug} asOf={asOf} stages={stages} />
        <div className="mt-3 flex flex-wrap justify-between gap-x-6 text-xs text-ink-3">
          {source}
          {comparable && <p>{t("change", { day: days.from })}</p>}
        </div>
      </section>
      <StageTiles
        slug={slug}
        asOf={asOf}
        previousOn={previousOn}
        comparable={comparable}
        stages={stages}
        definitions={definitions}
        version={board.version}
      />
      <Figure
        id="trend"
        title={t("trendTitle")}
        info={t("trendInfo")}
        chart={
          <TrendChart
            slug={slug}
            trend={trend}
            stages={views}
            unfinishedDay={unfinishedDay}
            label={t("trendChart", days)}
          />
        }
        table={<TrendTable slug={slug} trend={trend} stages={views} from={previousOn} to={asOf} />}
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
        footer={source}
      />
    </>
  );
}
