import { z } from "zod";
import { holds, type ValueFor } from "@/lib/rules/evaluate";
import { condition, type Rule } from "@/lib/rules/schema";
import type { StageModelDefinition } from "./schema";

/** A rule held against one customer: each condition with the value it saw, each group with what came of it. */
export type Trace =
  | {
      kind: "condition";
      condition: z.infer<typeof condition>;
      value: number | string | null;
      passed: boolean;
    }
  | { kind: "all" | "any"; passed: boolean; parts: Trace[] }
  | { kind: "not"; passed: boolean; part: Trace };
export type ConditionTrace = Extract<Trace, { kind: "condition" }>;

export const trace: z.ZodType<Trace> = z.lazy(() =>
  z.union([
    z.object({
      kind: z.literal("condition"),
      condition,
      value: z.union([z.number(), z.string(), z.null()]),
      passed: z.boolean(),
    }),
    z.object({ kind: z.enum(["all", "any"]), passed: z.boolean(), parts: z.array(trace) }),
    z.object({ kind: z.literal("not"), passed: z.boolean(), part: trace }),
  ]),
);

/** One decision of a model: `held` gave the stage, `failed` was tried before it, `not_tried` stands behind it. */
export const decisionTrace = z.object({
  stage: z.string(),
  verdict: z.enum(["failed", "held", "not_tried"]),
  trace,
});
export type DecisionTrace = z.infer<typeof decisionTrace>;

/** Why a customer is in a stage: the decisions in the order they are tried, and the one that gave the stage. */
export const stageTrace = z.object({
  stage: z.string(),
  /** Place of the decision that held; null when none did and the rest's stage applies. */
  heldBy: z.number().int().nullable(),
  decisions: z.array(decisionTrace),
});
export type StageTrace = z.infer<typeof stageTrace>;

/** Every condition of the rule, also those that no longer matter: people want to see them all. */
export function traceRule(rule: Rule, valueFor: ValueFor): Trace {
  if ("all" in rule) {
    const parts = rule.all.map((one) => traceRule(one, valueFor));
    return { kind: "all", passed: parts.every((part) => part.passed), parts };
  }
  if ("any" in rule) {
    const parts = rule.any.map((one) => traceRule(one, valueFor));
    return { kind: "any", passed: parts.some((part) => part.passed), parts };
  }
  if ("not" in rule) {
    const part = traceRule(rule.not, valueFor);
    return { kind: "not", passed: !part.passed, part };
  }
  const value = valueFor(rule);
  return { kind: "condition", condition: rule, value, passed: holds(rule, value) };
}

/** Traces a whole model for the customer whose values `valueFor` gives. */
export function traceStage(model: StageModelDefinition, valueFor: ValueFor): StageTrace {
  const traces = model.decisions.map(({ when }) => traceRule(when, valueFor));
  const held = traces.findIndex((one) => one.passed);
  return {
    stage: model.decisions[held]?.stage ?? model.otherwise,
    heldBy: held < 0 ? null : held,
    decisions: model.decisions.map(({ stage }, i) => ({
      stage,
      verdict: i === held ? "held" : held >= 0 && i > held ? "not_tried" : "failed",
      trace: traces[i]!,
    })),
  };
}

/** The fewest conditions whose verdicts must turn for the trace to become `wanted`; null when none can bring that about. */
export function toTurn(of: Trace, wanted: boolean): ConditionTrace[] | null {
  if (of.passed === wanted) return [];
  if (of.kind === "condition") return [of];
  if (of.kind === "not") return toTurn(of.part, !wanted);
  const ways = of.parts.map((part) => toTurn(part, wanted));
  // A group of "all" becomes true through all of its parts, false through any one; a group of "any" the other way round.
  if ((of.kind === "all") === wanted)
    return ways.includes(null) ? null : ways.flatMap((way) => way as ConditionTrace[]);
  const possible = ways.filter((way) => way !== null).sort((a, b) => a.length - b.length);
  return possible[0] ?? null;
}

/** Ways to turn a trace: one set of conditions for each part where any one part will do. */
function alternatives(of: Trace, wanted: boolean): ConditionTrace[][] {
  if (of.passed === wanted) return [];
  if (of.kind === "not") return alternatives(of.part, !wanted);
  if (of.kind !== "condition" && (of.kind === "all") !== wanted)
    return of.parts.flatMap((part) => alternatives(part, wanted));
  const turn = toTurn(of, wanted);
  return turn ? [turn] : [];
}

/** The trace's verdict were these conditions, wherever they stand in the model, to turn. */
function verdictAfter(of: Trace, turned: ReadonlySet<string>): boolean {
  if (of.kind === "condition") return turned.has(JSON.stringify(of.condition)) ? !of.passed : of.passed;
  if (of.kind === "not") return !verdictAfter(of.part, turned);
  return of.kind === "all"
    ? of.parts.every((part) => verdictAfter(part, turned))
    : of.parts.some((part) => verdictAfter(part, turned));
}

/** A stage the customer could move to, and the conditions still to turn for it. */
export interface StageChange {
  stage: string;
  turn: ConditionTrace[];
}

/** What would move the customer. */
export interface StageChanges {
  /** Into each stage that is tried before the present one, the nearest first. */
  into: StageChange[];
  /** Out of the present one by itself: the way that leads to the nearest stage behind it. */
  leave: StageChange | null;
}

/** What would change a customer's stage, decision by decision; what no condition can bring about is left out. */
export function nearestChanges(model: StageModelDefinition, of: StageTrace): StageChanges {
  const held = of.heldBy ?? of.decisions.length;
  const into = of.decisions.slice(0, held).flatMap(({ stage, trace }): StageChange[] => {
    const turn = stage === of.stage ? null : toTurn(trace, true);
    return turn ? [{ stage, turn }] : [];
  });
  const behind = of.decisions.slice(held + 1);
  const own = of.decisions[held];
  const ways = (own ? alternatives(own.trace, false) : []).map((turn) => {
    // The same condition may stand in several decisions: where it turns, it turns everywhere.
    const turned = new Set(turn.map((one) => JSON.stringify(one.condition)));
    const place = behind.findIndex((one) => verdictAfter(one.trace, turned));
    const stage = behind[place]?.stage ?? model.otherwise;
    return { stage, turn, place: place < 0 ? behind.length : place };
  });
  const [leave] = ways
    .filter((way) => way.stage !== of.stage)
    .sort((a, b) => a.place - b.place || a.turn.length - b.turn.length);
  return { into: into.reverse(), leave: leave ? { stage: leave.stage, turn: leave.turn } : null };
}
