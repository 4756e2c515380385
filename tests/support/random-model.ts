import fc from "fast-check";
import type { Stage, StageModelDefinition } from "@/lib/stages/schema";
import { type RulePart, randomRule } from "./random-rule";

const small = fc.integer({ min: 0, max: 4 });
const days = fc.integer({ min: 0, max: 40 });
const share = fc.constantFrom(-1, -0.5, 0, 0.5, 1, 1.5, 2.5);

/** Metrics that move with passing time alone, in all the ways there are. */
const parts: RulePart[] = [
  { ref: { metric: "orders" }, type: "count", operands: small },
  { ref: { metric: "event_count", params: { kind: "view", days: 7 } }, type: "count", operands: small },
  {
    ref: { metric: "event_count", params: { kind: "demo_watched", days: 10 } },
    type: "count",
    operands: small,
  },
  { ref: { metric: "event_change", params: { days: 14 } }, type: "number", operands: share },
  { ref: { metric: "active_days", params: { days: 20 } }, type: "count", operands: small },
  {
    ref: { metric: "revenue", params: { days: 30 } },
    type: "money",
    operands: fc.constantFrom(0, 10_000, 50_000),
  },
  { ref: { metric: "days_since_last_order" }, type: "days", operands: fc.oneof(days, fc.constant(9.5)) },
  { ref: { metric: "days_since_first_seen" }, type: "days", operands: days },
  { ref: { metric: "gap_ratio" }, type: "number", operands: fc.constantFrom(0.7, 1, 1.5, 1.9, 3) },
  { ref: { metric: "trait", params: { key: "plan" } }, type: "text", operands: fc.constantFrom("pro", "7") },
];

const plainStage = (key: string): Stage => ({
  key,
  name: { zh: key, en: key },
  color: "#000000",
  icon: "circle",
  meaning: { zh: key, en: key },
});

/** Random stage models of up to four decisions over metrics of all kinds. */
export const randomModel: fc.Arbitrary<StageModelDefinition> = fc
  .array(randomRule(parts), { minLength: 1, maxLength: 4 })
  .map((rules) => ({
    stages: ["rest", ...rules.map((_, i) => `s${i}`)].map(plainStage),
    decisions: rules.map((when, i) => ({ stage: `s${i}`, when })),
    otherwise: "rest",
  }));
