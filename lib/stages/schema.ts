import { z } from "zod";
import type { Day } from "@/lib/platform/day";
import { type Rule, rule } from "@/lib/rules/schema";

const bilingual = z.object({ zh: z.string().min(1), en: z.string().min(1) });

/** One stage of a model as people see it; colours and icons are fixed names the console knows. */
export const stage = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  name: bilingual,
  color: z.string().regex(/^#[0-9A-Fa-f]{6}$/),
  icon: z.string().min(1),
  meaning: bilingual,
  /** Customers in this stage have left: their lifetime is over, not "so far". */
  ends: z.boolean().optional(),
});
export type Stage = z.infer<typeof stage>;

/**
 * A stage model: stages in the order people read them, and decisions in the order they are tried. The first decision
 * whose rule holds gives the stage, else `otherwise` does: everybody gets exactly one, by construction.
 */
export const stageModelDefinition = z
  .object({
    stages: z.array(stage).min(2).max(20),
    decisions: z.array(z.object({ stage: z.string(), when: rule })).max(20),
    otherwise: z.string(),
  })
  .refine(
    (model) => {
      const keys = model.stages.map((s) => s.key);
      const decided = model.decisions.map((d) => d.stage);
      return (
        new Set(keys).size === keys.length && [...decided, model.otherwise].every((key) => keys.includes(key))
      );
    },
    { error: "Every decision names a stage of the model, and stage keys are unique" },
  );
export type StageModelDefinition = z.infer<typeof stageModelDefinition>;

/** A version of a model that decides from a local day on; null = from the beginning. */
export interface DecidingVersion {
  version: number;
  effectiveOn: Day | null;
  definition: StageModelDefinition;
}

/** The rules of a model in the order they are tried. */
export const rulesOf = (model: StageModelDefinition): Rule[] => model.decisions.map((d) => d.when);
