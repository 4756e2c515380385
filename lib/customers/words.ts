import { standardKindByKey } from "@/lib/intake/kinds";
import { findMetric, resolveMetric } from "@/lib/metrics/catalogue";
import type { MetricValue } from "@/lib/metrics/metric";
import type { Day } from "@/lib/platform/day";
import { formatDay } from "@/lib/platform/i18n/format";
import { localName } from "@/lib/platform/i18n/locale";
import { nameMetric, nameValue, type Reader } from "@/lib/rules/explain";
import type { StageTrace } from "@/lib/stages/why";
import { firstReason, reasonsFor } from "@/lib/stages/why-words";
import type { ProfileMetric } from "./schema";

/** A metric's value as people read it, with its name and definition; text null: no data. */
export function describeMetric(
  { metric: key, params, value }: Pick<ProfileMetric, "metric" | "params" | "value">,
  reader: Reader,
): { name: string; definition: string; text: string | null } {
  const { metric } = resolveMetric({ metric: key, params });
  const text =
    value === null
      ? null
      : metric.type === "day"
        ? formatDay(value as Day, reader.locale)
        : nameValue(metric, value, reader);
  return {
    name: nameMetric({ metric: key, params }, reader),
    definition: localName(metric.definition, reader.locale),
    text,
  };
}

/** What the rules saw when a transition was recorded, metric by metric in words; metrics that are no more are left out. */
export function describeEvidence(
  evidence: Record<string, MetricValue>,
  reader: Reader,
): { name: string; text: string | null }[] {
  return Object.entries(evidence).flatMap(([key, value]) => {
    const at = key.indexOf("[");
    const metric = at < 0 ? key : key.slice(0, at);
    const params = at < 0 ? {} : Object.fromEntries(JSON.parse(key.slice(at)));
    if (!findMetric(metric)?.params.safeParse(params).success) return [];
    const { name, text } = describeMetric({ metric, params, value }, reader);
    return [{ name, text }];
  });
}

/** The name of a kind in the reader's language; the workspace's own kinds are called as their sender calls them. */
export function kindName(kind: string, locale: Reader["locale"]): string {
  const standard = standardKindByKey(kind);
  return standard ? localName(standard.names, locale) : kind;
}

const words = {
  "zh-CN": {
    rest: (reason: string) => `没有达到其他阶段的条件。最接近的一条：${reason}。`,
    alone: "其余所有用户都在这个阶段。",
    and: "；",
    end: "。",
  },
  en: {
    rest: (reason: string) => `No other stage's conditions are met. The nearest: ${reason}.`,
    alone: "Everyone else is in this stage.",
    and: "; ",
    end: ".",
  },
} as const;

/** Why the customer is in its stage, in one sentence: what made the decision hold, or what is missing for the nearest one. */
export function whySentence(trace: StageTrace, reader: Reader): string {
  const w = words[reader.locale];
  const held = trace.heldBy === null ? null : trace.decisions[trace.heldBy]!;
  if (held) return reasonsFor(held.trace, reader).join(w.and) + w.end;
  const nearest = trace.decisions.at(-1);
  return nearest ? w.rest(firstReason(nearest.trace, reader)) : w.alone;
}
