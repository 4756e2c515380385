import { useTranslations } from "next-intl";
import { Figure } from "@/components/charts/figure";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import { addDays, type Day } from "@/lib/platform/day";
import { formatCount, formatDay, formatInstant } from "@/lib/platform/i18n/format";
import type { Reader } from "@/lib/rules/explain";
import { type LoggedTransition, liveTransitions, stageSpans } from "@/lib/stages/history";
import { StageBand } from "./stage-band";

interface Shown {
  log: readonly LoggedTransition[];
  stages: readonly StageView[];
  reader: Reader;
  timeZone: string;
}

/** The stages of a customer from its first day to today: a band, its table, and what was believed before corrections. */
export function StageHistory({
  asOf,
  today,
  modelName,
  fileName,
  ...shown
}: Shown & { asOf: Day; today: Day; modelName: string; fileName: string }) {
  const t = useTranslations("customer");
  const { locale } = shown.reader;
  const live = liveTransitions(shown.log);
  const spans = stageSpans(live, today);
  const first = spans[0]?.from;
  if (!first) return null;
  const nameOf = (key: string) => shown.stages.find((one) => one.key === key)?.name ?? key;
  return (
    <Figure
      id="history"
      title={t("history")}
      info={t("historyInfo")}
      chart={<StageBand spans={spans} stages={shown.stages} asOf={asOf} today={today} />}
      table={<SpanTable {...shown} live={live} today={today} />}
      data={{
        fileName,
        header: [t("spanStage"), t("spanFrom"), t("spanTo"), t("spanDays"), t("spanCause"), t("version")],
        rows: spans.map((span, i) => [
          nameOf(span.stage),
          span.from,
          span.to && addDays(span.to, -1),
          span.days,
          t(`cause_${live[i]!.cause}`),
          live[i]!.version,
        ]),
      }}
      footer={
        <div className="grid gap-2">
          <p>
            {t("historyFooter", {
              model: modelName,
              first: formatDay(first, locale),
              last: formatDay(today, locale),
              zone: shown.timeZone,
            })}
          </p>
          <Corrections {...shown} />
        </div>
      }
    />
  );
}

const Stage = ({ stages, stage }: { stages: readonly StageView[]; stage: string }) => {
  const view = stages.find((one) => one.key === stage);
  return view ? <StageBadge stage={view} /> : stage;
};

function SpanTable({ stages, live, reader, today }: Shown & { live: LoggedTransition[]; today: Day }) {
  const t = useTranslations("customer");
  const { locale } = reader;
  const spans = stageSpans(live, today);
  return (
    <Table caption={t("historyTable")} frameClassName="max-h-96">
      <thead>
        <tr>
          <ColumnHead>{t("spanStage")}</ColumnHead>
          <ColumnHead align="right">{t("spanFrom")}</ColumnHead>
          <ColumnHead align="right">{t("spanTo")}</ColumnHead>
          <ColumnHead align="right">{t("spanDays")}</ColumnHead>
          <ColumnHead>{t("spanCause")}</ColumnHead>
        </tr>
      </thead>
      <tbody>
        {spans.map((span, i) => (
          <Row key={span.from}>
            <RowHead>
              <Stage stages={stages} stage={span.stage} />
            </RowHead>
            <Cell align="right">{formatDay(span.from, locale)}</Cell>
            <Cell align="right">{span.to ? formatDay(addDays(span.to, -1), locale) : t("stillIn")}</Cell>
            <Cell align="right">{formatCount(span.days, locale)}</Cell>
            <Cell>
              {t(`cause_${live[i]!.cause}`)} · {t("spanVersion", { version: live[i]!.version })}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Rows the log no longer holds true: what was believed, from when until when. */
function Corrections({ log, stages, reader, timeZone }: Shown) {
  const t = useTranslations("customer");
  const { locale } = reader;
  const retracted = log.filter((one) => one.retractedAt !== null);
  if (retracted.length === 0) return null;
  return (
    <details data-testid="corrections">
      <summary className="w-fit rounded text-[13px] text-ink-2 hover:text-ink">
        {t("corrections", { count: formatCount(retracted.length, locale), n: retracted.length })}
      </summary>
      <p className="mt-2 max-w-3xl">{t("correctionsHint")}</p>
      <Table caption={t("correctionsTable")} frameClassName="mt-2 max-h-80 text-ink">
        <thead>
          <tr>
            <ColumnHead align="right">{t("holdsFrom")}</ColumnHead>
            <ColumnHead>{t("move")}</ColumnHead>
            <ColumnHead>{t("spanCause")}</ColumnHead>
            <ColumnHead align="right">{t("recordedAt")}</ColumnHead>
            <ColumnHead align="right">{t("retractedAt")}</ColumnHead>
          </tr>
        </thead>
        <tbody>
          {retracted.map((one) => (
            <Row key={one.seq}>
              <Cell align="right">{formatDay(one.effectiveOn, locale)}</Cell>
              <Cell>
                <span className="inline-flex items-center gap-1.5">
                  {one.fromStage ? <Stage stages={stages} stage={one.fromStage} /> : t("appeared")} →{" "}
                  <Stage stages={stages} stage={one.toStage} />
                </span>
              </Cell>
              <Cell>{t(`cause_${one.cause}`)}</Cell>
              <Cell align="right">{formatInstant(one.recordedAt, timeZone, locale)}</Cell>
              <Cell align="right">{formatInstant(one.retractedAt!, timeZone, locale)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
