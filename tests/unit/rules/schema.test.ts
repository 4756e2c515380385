import { describe, expect, test } from "vitest";
import { checkRule } from "@/lib/rules/check";
import { explainRule } from "@/lib/rules/explain";
import { type Rule, rule } from "@/lib/rules/schema";

function nested(depth: number): unknown {
  let tree: unknown = { metric: "orders", op: "ge", value: 1 };
  for (let i = 0; i < depth; i++) tree = { not: tree };
  return tree;
}

describe("what is no rule is refused", () => {
  const hostile: [string, unknown][] = [
    ["an operator nobody knows", { metric: "orders", op: "; DROP TABLE event", value: 1 }],
    ["a list where a number belongs", { metric: "orders", op: "ge", value: [1] }],
    ["NaN", { metric: "orders", op: "ge", value: Number.NaN }],
    ["a rule and a condition in one", { metric: "orders", op: "ge", value: 1, all: [] }],
    ["and and or in one node", { all: [], any: [] }],
    ["a thousand levels", nested(1000)],
    ["100,000 levels", nested(100_000)],
    ["5,000 nodes", { all: Array.from({ length: 5000 }, () => nested(0)) }],
    ["an empty choice", { metric: "orders", op: "in", value: [] }],
    ["text", "orders >= 1"],
    ["null", null],
  ];
  test.each(hostile)("%s", (_name, input) => {
    expect(rule.safeParse(input).success).toBe(false);
  });
});

describe("a rule is held against the catalogue", () => {
  const wrong: [string, Rule, RegExp][] = [
    ["unknown metric", { metric: "shoe_size", op: "ge", value: 1 }, /no metric "shoe_size"/],
    ["number for a day", { metric: "last_order_on", op: "ge", value: 3 }, /compared with a day/],
    ["no calendar day", { metric: "last_order_on", op: "ge", value: "2026-02-30" }, /day like 2026-02-01/],
    ["text for a number", { metric: "orders", op: "ge", value: "5" }, /compared with a number/],
    ["order among labels", { metric: "acquisition_channel", op: "gt", value: "ads" }, /has no order/],
    [
      "window of no days",
      { metric: "active_days", params: { days: 0 }, op: "ge", value: 1 },
      /parameter "days"/,
    ],
    ["missing parameter", { all: [{ not: { metric: "trait", op: "known" } }] }, /parameter "key"/],
  ];
  test.each(wrong)("%s", (_name, tree, message) => {
    expect(() => checkRule(tree)).toThrow(message);
  });
});

test("a rule is said in the reader's language, with brackets where and meets or", () => {
  const tree: Rule = {
    all: [
      { metric: "revenue", op: "ge", value: 50_000 },
      {
        any: [
          { metric: "gap_ratio", op: "gt", value: 1.5 },
          { metric: "event_count", params: { kind: "cart", days: 7 }, op: "between", value: [1, 4] },
        ],
      },
    ],
  };
  expect(explainRule(tree, { locale: "zh-CN", currency: "CNY" })).toBe(
    "消费金额 不少于 ¥500.00，并且（当前间隔 ÷ 自身中位间隔 大于 1.5，或者行为次数（加购，近 7 天） 在 1（含）到 4（不含）之间）",
  );
  expect(explainRule(tree, { locale: "en", currency: "CNY" })).toBe(
    "Revenue is at least ¥500.00 and (Current gap ÷ own median is above 1.5 or Event count (Add to cart), last 7 days is from 1 up to, not including, 4)",
  );
});
