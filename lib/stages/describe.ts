import { explainRule, type Reader } from "@/lib/rules/explain";
import type { StageModelDefinition } from "./schema";

/** Each stage's rule in plain words, in the order the decisions are tried; the last one is what remains. */
export function describeStages(
  model: StageModelDefinition,
  reader: Reader,
): { stage: string; rule: string }[] {
  const rest = reader.locale === "en" ? "everyone else" : "其余所有用户";
  return [
    ...model.decisions.map((decision) => ({
      stage: decision.stage,
      rule: explainRule(decision.when, reader),
    })),
    { stage: model.otherwise, rule: rest },
  ];
}
