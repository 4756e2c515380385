import { evaluateRule, type ValueFor } from "@/lib/rules/evaluate";
import type { StageModelDefinition } from "./schema";

/** The stage of one customer from its metric values: the first decision that holds, else `otherwise`. */
export function classifyStage(model: StageModelDefinition, valueFor: ValueFor): string {
  return model.decisions.find((decision) => evaluateRule(decision.when, valueFor))?.stage ?? model.otherwise;
}
