import fc from "fast-check";
import type { MetricRef, MetricType } from "@/lib/metrics/metric";
import type { Rule } from "@/lib/rules/schema";

/** A metric a random rule may name, with the values its comparisons draw from. */
export interface RulePart {
  ref: MetricRef;
  type: MetricType;
  operands: fc.Arbitrary<number | string>;
}

const conditions = ({ ref, type, operands }: RulePart): fc.Arbitrary<Rule> => {
  const equality = fc.constantFrom("eq" as const, "ne" as const);
  const order = fc.constantFrom("lt" as const, "le" as const, "ge" as const, "gt" as const);
  const ordered = type === "text" ? equality : fc.oneof(equality, order);
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ op: ordered, value: operands }).map((c) => ({ ...ref, ...c })) },
    ...(type === "text"
      ? []
      : [
          {
            weight: 2,
            arbitrary: fc
              .tuple(operands, operands)
              .map((value) => ({ ...ref, op: "between" as const, value })),
          },
        ]),
    {
      weight: 1,
      arbitrary: fc
        .record({
          op: fc.constantFrom("in" as const, "not_in" as const),
          value: fc.array(operands, { minLength: 1, maxLength: 4 }),
        })
        .map((c) => ({ ...ref, ...c })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("known" as const, "unknown" as const).map((op) => ({ ...ref, op })),
    },
  );
};

/** Random rule trees over the given metrics, any nesting of all, any and not. */
export function randomRule(parts: readonly RulePart[]): fc.Arbitrary<Rule> {
  return fc.letrec<{ tree: Rule }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(...parts.map(conditions)),
      fc.array(tie("tree"), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie("tree"), { maxLength: 3 }).map((any) => ({ any })),
      tie("tree").map((not) => ({ not })),
    ),
  })).tree;
}
