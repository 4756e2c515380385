import { resolveMetric } from "@/lib/metrics/catalogue";
import { explainRule, nameValue, type Reader } from "@/lib/rules/explain";
import { type ConditionTrace, type Trace, toTurn } from "./why";

const words = {
  "zh-CN": {
    actual: (text: string, value: string) => `${text}（实际：${value}）`,
    failed: (text: string, value: string) => `未满足“${text}”，实际为 ${value}`,
    excluded: (text: string, value: string) => `符合排除条件“${text}”，实际为 ${value}`,
    mustHold: (text: string, value: string) => `${text}（现在：${value}）`,
    mustEnd: (text: string, value: string) => `不再是“${text}”（现在：${value}）`,
    never: "没有条件能使这条规则成立",
  },
  en: {
    actual: (text: string, value: string) => `${text} (it is ${value})`,
    failed: (text: string, value: string) => `Not met: ${text} (it is ${value})`,
    excluded: (text: string, value: string) => `Ruled out because ${text} (it is ${value})`,
    mustHold: (text: string, value: string) => `${text} (now ${value})`,
    mustEnd: (text: string, value: string) => `no longer “${text}” (now ${value})`,
    never: "No condition can make this rule hold",
  },
} as const;

/** The value a condition saw, as people read it: money with currency, days as days, null as "no data". */
export const seenValue = ({ condition, value }: ConditionTrace, reader: Reader): string =>
  nameValue(resolveMetric(condition).metric, value, reader);

/**
 * Why a decision did not hold, in one sentence: the first of the fewest conditions in its way, with the value it saw. Of
 * several ways to hold, the one that was nearest speaks.
 */
export function firstReason(of: Trace, reader: Reader): string {
  const w = words[reader.locale];
  const [first] = toTurn(of, true) ?? [];
  if (!first) return w.never;
  const say = first.passed ? w.excluded : w.failed;
  return say(explainRule(first.condition, reader), seenValue(first, reader));
}

/** A condition that would have to turn, in words with the value it has now. */
export function turnInWords(one: ConditionTrace, reader: Reader): string {
  const w = words[reader.locale];
  const say = one.passed ? w.mustEnd : w.mustHold;
  return say(explainRule(one.condition, reader), seenValue(one, reader));
}

/** The conditions that made a decision hold, in one sentence each, the same one once. */
export function reasonsFor(of: Trace, reader: Reader): string[] {
  const w = words[reader.locale];
  const found = new Set<string>();
  collect(of, true);
  return [...found];

  function collect(one: Trace, wanted: boolean): void {
    if (one.passed !== wanted) return;
    if (one.kind === "condition") {
      if (one.passed) found.add(w.actual(explainRule(one.condition, reader), seenValue(one, reader)));
    } else if (one.kind === "not") collect(one.part, !wanted);
    else for (const part of one.parts) collect(part, wanted);
  }
}
