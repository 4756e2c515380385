import type { Reader } from "@/lib/rules/explain";
import { type OutlineLine, outlineRule } from "@/lib/rules/outline";
import type { StageModelDefinition } from "./schema";

/** A stage's rule in plain words. */
export interface StageDescription {
  stage: string;
  rule: OutlineLine[];
}

/** Each stage's rule in plain words, in the order the decisions are tried; the last one is what remains. */
export function describeStages(model: StageModelDefinition, reader: Reader): StageDescription[] {
  const rest = reader.locale === "en" ? "Everyone else" : "其余所有用户";
  return [
    ...model.decisions.map(({ stage, when }) => ({ stage, rule: outlineRule(when, reader) })),
    { stage: model.otherwise, rule: [{ depth: 0, text: rest }] },
  ];
}
