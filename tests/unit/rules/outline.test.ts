import { expect, test } from "vitest";
import { outlineRule } from "@/lib/rules/outline";
import type { Rule } from "@/lib/rules/schema";
import { lifecycleModel } from "@/lib/stages/default-model";
import { describeStages } from "@/lib/stages/describe";

const reader = { locale: "en", currency: "CNY" } as const;

test("a nested rule becomes an outline: one condition a line, groups of one without a heading", () => {
  const rule: Rule = {
    all: [
      { all: [{ metric: "orders", op: "ge", value: 3 }] },
      { any: [{ metric: "gap_ratio", op: "gt", value: 1.5 }, { not: { metric: "gap_ratio", op: "known" } }] },
      { any: [] },
    ],
  };
  expect(outlineRule(rule, reader).map(({ depth, text }) => "  ".repeat(depth) + text)).toEqual([
    "All of:",
    "  Orders is at least 3",
    "  Any of:",
    "    Current gap ÷ own median is above 1.5",
    "    Not:",
    "      Current gap ÷ own median has data",
    "  never",
  ]);
});

test("every stage of the default model is described once, in both languages", () => {
  const model = lifecycleModel();
  for (const locale of ["zh-CN", "en"] as const) {
    const described = describeStages(model, { locale, currency: "CNY" });
    expect(described.map((d) => d.stage).sort()).toEqual(model.stages.map((s) => s.key).sort());
    for (const { rule } of described)
      expect(rule.map((line) => line.text).join("")).not.toMatch(/undefined|NaN/);
  }
});
