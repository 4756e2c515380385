import { ArrowUpRight, Check, Minus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { StageBadge } from "@/components/stages/stage-badge";
import type { StageView } from "@/components/stages/stage-view";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import type { Day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import { explainRule, type Reader } from "@/lib/rules/explain";
import type { StageModelDefinition } from "@/lib/stages/schema";
import {
  type ConditionTrace,
  type DecisionTrace,
  nearestChanges,
  type StageTrace,
  type Trace,
} from "@/lib/stages/why";
import { firstReason, seenValue, turnInWords } from "@/lib/stages/why-words";

interface Shown {
  stages: readonly StageView[];
  reader: Reader;
}

/** Why a customer is in its stage as of a day: each decision in the order tried, each condition with the value it saw. */
export function WhyPanel({
  trace,
  definition,
  asOf,
  modelName,
  version,
  effectiveOn,
  ...shown
}: Shown & {
  trace: StageTrace;
  definition: StageModelDefinition;
  asOf: Day;
  modelName: string;
  version: number;
  effectiveOn: Day | null;
}) {
  const t = useTranslations("customer");
  const { locale } = shown.reader;
  const nameOf = (key: string) => shown.stages.find((one) => one.key === key)?.name ?? key;
  const from = effectiveOn ? t("fromDay", { day: formatDay(effectiveOn, locale) }) : t("fromBeginning");
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card
        title={t("whyTitle", { stage: nameOf(trace.stage), day: formatDay(asOf, locale) })}
        hint={t("whyModel", { model: modelName, version, from })}
      >
        <ol className="grid gap-3" data-testid="why">
          {trace.decisions.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a decision is its place in the order
            <Decision key={i} decision={one} place={i + 1} {...shown} />
          ))}
          <li
            data-verdict={trace.heldBy === null ? "held" : "not_tried"}
            className={classNames(
              "rounded-md border px-3 py-2 text-[13px]",
              trace.heldBy === null ? "border-accent bg-accent-soft" : "border-line text-ink-2",
            )}
          >
            <p className="flex flex-wrap items-center gap-2">
              <span>
                {t("decision", { place: trace.decisions.length + 1, stage: nameOf(definition.otherwise) })}
              </span>
              <span className="text-ink-3">{t("otherwise")}</span>
            </p>
            {trace.heldBy === null && <p className="mt-1">{t("otherwiseHeld")}</p>}
          </li>
        </ol>
      </Card>
      <Changes trace={trace} definition={definition} nameOf={nameOf} reader={shown.reader} />
    </div>
  );
}

const tones = { held: "success", failed: "neutral", not_tried: "neutral" } as const;

function Decision({ decision, place, stages, reader }: Shown & { decision: DecisionTrace; place: number }) {
  const t = useTranslations("customer");
  const { verdict, trace } = decision;
  const view = stages.find((one) => one.key === decision.stage);
  return (
    <li
      data-verdict={verdict}
      data-stage={decision.stage}
      className={classNames(
        "rounded-md border px-3 py-2 text-[13px]",
        verdict === "held" ? "border-accent bg-accent-soft" : "border-line",
      )}
    >
      <details open={verdict === "held"}>
        <summary className="rounded">
          <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="num text-ink-3">{place}.</span>
            {view ? <StageBadge stage={view} /> : decision.stage}
            <Badge tone={tones[verdict]}>{t(`verdict_${verdict}`)}</Badge>
          </span>
          {verdict === "failed" && (
            <span className="mt-1 block pl-4 text-ink-2">{firstReason(trace, reader)}</span>
          )}
        </summary>
        <ul className="mt-2 grid gap-1 border-t border-line pt-2">
          <TraceLine of={trace} reader={reader} />
        </ul>
      </details>
    </li>
  );
}

const marks = { true: Check, false: X } as const;

/** A condition with its value, or a group with its parts indented below it. */
function TraceLine({ of, reader }: { of: Trace; reader: Reader }) {
  const t = useTranslations("customer");
  const Mark = marks[`${of.passed}`];
  const mark = (
    <>
      <Mark
        aria-hidden
        size={14}
        className={classNames("mt-0.5 shrink-0", of.passed ? "text-success" : "text-ink-3")}
      />
      <span className="sr-only">{t(of.passed ? "passed" : "notPassed")}</span>
    </>
  );
  if (of.kind === "condition")
    return (
      <li data-condition={of.condition.metric} data-passed={of.passed} className="flex items-start gap-1.5">
        {mark}
        <span className="min-w-0">
          {explainRule(of.condition, reader)}
          <span className={classNames("num ml-2", of.passed ? "text-ink-2" : "font-medium")}>
            {t("actual", { value: seenValue(of, reader) })}
          </span>
        </span>
      </li>
    );
  const parts = of.kind === "not" ? [of.part] : of.parts;
  return (
    <li className="grid gap-1">
      <span className="flex items-start gap-1.5 font-medium text-ink-2">
        {mark}
        {t(`group_${of.kind}`)}
      </span>
      <ul className="ml-1.5 grid gap-1 border-l border-line pl-4">
        {parts.map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the group
          <TraceLine key={i} of={part} reader={reader} />
        ))}
      </ul>
    </li>
  );
}

/** The ways to other stages, the nearest first. */
function Changes({
  trace,
  definition,
  nameOf,
  reader,
}: {
  trace: StageTrace;
  definition: StageModelDefinition;
  nameOf: (key: string) => string;
  reader: Reader;
}) {
  const t = useTranslations("customer");
  const { into, leave } = nearestChanges(definition, trace);
  const list = (turn: readonly ConditionTrace[]) => (
    <ul className="mt-1 grid gap-1 text-ink-2">
      {[...new Set(turn.map((one) => turnInWords(one, reader)))].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
  return (
    <Card title={t("changeTitle")} data-testid="changes">
      <div className="grid gap-4 text-[13px]">
        {into.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place in the order
          <div key={i} data-change="into" data-stage={one.stage}>
            <p className="flex items-center gap-1.5 font-medium">
              <ArrowUpRight aria-hidden size={14} className="shrink-0" />
              {t("changeNext", { stage: nameOf(one.stage) })}
            </p>
            {list(one.turn)}
          </div>
        ))}
        {leave && (
          <div data-change="leave">
            <p className="flex items-center gap-1.5 font-medium">
              <Minus aria-hidden size={14} className="shrink-0" />
              {t("changeLeave", { stage: nameOf(leave.stage) })}
            </p>
            {list(leave.turn)}
          </div>
        )}
        {into.length === 0 && !leave && <p className="text-ink-2">{t("changeNone")}</p>}
      </div>
    </Card>
  );
}
