import { explainRule, type Reader } from "./explain";
import type { Rule } from "./schema";

/** One line of a rule written as an outline; deeper lines belong to the one above them. */
export interface OutlineLine {
  depth: number;
  text: string;
}

const headings = {
  "zh-CN": { all: "同时满足：", any: "满足任意一项：", not: "不满足：" },
  en: { all: "All of:", any: "Any of:", not: "Not:" },
} as const;

/** A rule in plain words, a condition a line: how a nested rule stays readable. A group of one needs no heading. */
export function outlineRule(rule: Rule, reader: Reader, depth = 0): OutlineLine[] {
  const heading = headings[reader.locale];
  const group = (text: string, children: readonly Rule[]): OutlineLine[] => [
    { depth, text },
    ...children.flatMap((child) => outlineRule(child, reader, depth + 1)),
  ];
  if ("not" in rule) return group(heading.not, [rule.not]);
  for (const key of ["all", "any"] as const) {
    if (!(key in rule)) continue;
    const children = (rule as Record<typeof key, Rule[]>)[key];
    if (children.length === 1) return outlineRule(children[0]!, reader, depth);
    if (children.length > 1) return group(heading[key], children);
  }
  return [{ depth, text: explainRule(rule, reader) }];
}
