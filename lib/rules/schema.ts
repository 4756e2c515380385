import { z } from "zod";

const metricRef = {
  metric: z.string().min(1),
  params: z.record(z.string(), z.unknown()).optional(),
};
const scalar = z.union([z.number(), z.string().max(500)]);

/** One comparison of a metric. A metric without data satisfies nothing but `unknown`. `between` is half-open: [from, to). */
export const condition = z.union([
  z.strictObject({ ...metricRef, op: z.enum(["lt", "le", "eq", "ne", "ge", "gt"]), value: scalar }),
  z.strictObject({ ...metricRef, op: z.literal("between"), value: z.tuple([scalar, scalar]) }),
  z.strictObject({ ...metricRef, op: z.enum(["in", "not_in"]), value: z.array(scalar).min(1).max(1000) }),
  z.strictObject({ ...metricRef, op: z.enum(["known", "unknown"]) }),
]);
export type Condition = z.infer<typeof condition>;

/** A tree of conditions. `all` of nothing is true, `any` of nothing is false. Mixing and/or needs a bracket by construction. */
export type Rule = Condition | { all: Rule[] } | { any: Rule[] } | { not: Rule };

/** How deep and how large a rule may be: beyond that it is a mistake or an attack. */
interface Size {
  depth: number;
  nodes: number;
}

const tree: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    condition,
    z.strictObject({ all: z.array(tree) }),
    z.strictObject({ any: z.array(tree) }),
    z.strictObject({ not: tree }),
  ]),
);

/** Depth and node count measured without recursion, so that a hostile tree cannot exhaust the stack. */
function isWithin(input: unknown, limit: Size): boolean {
  const open: { node: unknown; depth: number }[] = [{ node: input, depth: 1 }];
  let nodes = 0;
  while (open.length) {
    const { node, depth } = open.pop()!;
    if (++nodes > limit.nodes || depth > limit.depth) return false;
    if (typeof node !== "object" || node === null) continue;
    const { all, any, not } = node as { all?: unknown; any?: unknown; not?: unknown };
    for (const list of [all, any]) {
      if (Array.isArray(list)) for (const child of list) open.push({ node: child, depth: depth + 1 });
    }
    if (not !== undefined) open.push({ node: not, depth: depth + 1 });
  }
  return true;
}

const ruleOfSize = (limit: Size): z.ZodType<Rule> =>
  z
    .unknown()
    .refine((input) => isWithin(input, limit), {
      error: `A rule may be ${limit.depth} levels deep and have ${limit.nodes} parts`,
      abort: true,
    })
    .pipe(tree);

/** A rule as it is stored. */
export const rule = ruleOfSize({ depth: 20, nodes: 500 });

/** A rule as it stands in an address or is typed into a list: small enough to be answered while somebody waits. */
export const askedRule = ruleOfSize({ depth: 8, nodes: 100 });
