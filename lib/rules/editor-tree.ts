import type { MetricRef } from "@/lib/metrics/metric";
import type { Condition, Rule } from "./schema";

type Operand = number | string;

/** A comparison while it is edited; what is not filled in yet is null. */
export interface EditorCondition {
  id?: string;
  /** The metric with its parameters, see `fieldOf`. */
  field: string;
  operator: Condition["op"];
  value: Operand | null | (Operand | null)[];
}

/** A bracket while it is edited: react-querybuilder's form of a group. */
export interface EditorGroup {
  id?: string;
  combinator: "and" | "or";
  not?: boolean;
  rules: (EditorCondition | EditorGroup)[];
}

export const isGroup = (node: EditorCondition | EditorGroup): node is EditorGroup => "rules" in node;

/** A metric with its parameters as one text, and back: what the editor calls a field. */
export function fieldOf({ metric, params }: MetricRef): string {
  const given = Object.entries(params ?? {}).filter(([, value]) => value !== undefined);
  return JSON.stringify(given.length ? [metric, Object.fromEntries(given)] : [metric]);
}

export function refOf(field: string): MetricRef {
  const [metric, params] = JSON.parse(field) as [string, Record<string, unknown>?];
  return params ? { metric, params } : { metric };
}

const conditionNode = (condition: Condition): EditorCondition => ({
  field: fieldOf(condition),
  operator: condition.op,
  value: "value" in condition ? condition.value : null,
});

/** A negation is a mark on a bracket, so it makes one where the rule had none. */
function groupNode(rule: Rule, not = false): EditorGroup {
  const mark = not ? { not } : {};
  if ("all" in rule) return { combinator: "and", ...mark, rules: rule.all.map(node) };
  if ("any" in rule) return { combinator: "or", ...mark, rules: rule.any.map(node) };
  if ("not" in rule && !not) return groupNode(rule.not, true);
  return { combinator: "and", ...mark, rules: [node(rule)] };
}

const node = (rule: Rule): EditorCondition | EditorGroup =>
  "all" in rule || "any" in rule || "not" in rule ? groupNode(rule) : conditionNode(rule);

/** A rule as the editor shows it; no rule is an empty bracket. */
export const editorOf = (rule: Rule | null): EditorGroup =>
  rule ? groupNode(rule) : { combinator: "and", rules: [] };

const isFilled = (value: unknown): value is Operand =>
  typeof value === "string" || (typeof value === "number" && Number.isFinite(value));

/** The comparison of a filled-in condition; null while something is missing. */
function conditionOf({ field, operator: op, value }: EditorCondition): Condition | null {
  const ref = refOf(field);
  switch (op) {
    case "known":
    case "unknown":
      return { ...ref, op };
    case "between": {
      const [from, to] = Array.isArray(value) ? value : [];
      return isFilled(from) && isFilled(to) ? { ...ref, op, value: [from, to] } : null;
    }
    case "in":
    case "not_in":
      return Array.isArray(value) && value.length > 0 && value.every(isFilled) ? { ...ref, op, value } : null;
    default:
      return isFilled(value) ? { ...ref, op, value } : null;
  }
}

/** Whether a metric has every parameter it needs. */
export type IsNamed = (ref: MetricRef) => boolean;

/** How many conditions of the bracket are not filled in. */
export const countOpen = (group: EditorGroup, isNamed: IsNamed = () => true): number =>
  group.rules.reduce((open, one) => {
    if (isGroup(one)) return open + countOpen(one, isNamed);
    return open + (conditionOf(one) !== null && isNamed(refOf(one.field)) ? 0 : 1);
  }, 0);

/** The group with another condition at this path of places. */
export function withCondition(
  group: EditorGroup,
  [at, ...deeper]: readonly number[],
  condition: EditorCondition,
): EditorGroup {
  const rules = group.rules.map((one, i) => {
    if (i !== at) return one;
    return isGroup(one) ? withCondition(one, deeper, condition) : condition;
  });
  return { ...group, rules };
}

/** A bracket around one thing is that thing. */
const joined = (combinator: EditorGroup["combinator"], children: Rule[]): Rule => {
  if (children.length === 1) return children[0]!;
  return combinator === "and" ? { all: children } : { any: children };
};

function ruleOfGroup(group: EditorGroup): Rule {
  const children = group.rules.map((one) => (isGroup(one) ? ruleOfGroup(one) : conditionOf(one)!));
  const rule = joined(group.combinator, children);
  return group.not ? { not: rule } : rule;
}

/** The rule an editor shows, in canonical form; null while a condition is not filled in. */
export const ruleOfEditor = (group: EditorGroup, isNamed?: IsNamed): Rule | null =>
  countOpen(group, isNamed) > 0 ? null : ruleOfGroup(group);

/** The same rule without brackets around one thing and without empty parameters: equal rules are written alike. */
export function canonicalRule(rule: Rule): Rule {
  if ("all" in rule) return joined("and", rule.all.map(canonicalRule));
  if ("any" in rule) return joined("or", rule.any.map(canonicalRule));
  if ("not" in rule) return { not: canonicalRule(rule.not) };
  const { metric: _metric, params: _params, ...comparison } = rule;
  return { ...refOf(fieldOf(rule)), ...comparison } as Condition;
}

/** Whether a rule keeps everybody: an empty bracket of "all". */
export const keepsEverybody = (rule: Rule): boolean => "all" in rule && rule.all.every(keepsEverybody);
