import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalRule,
  countOpen,
  type EditorGroup,
  editorOf,
  fieldOf,
  keepsEverybody,
  refOf,
  ruleOfEditor,
} from "@/lib/rules/editor-tree";
import { evaluateRule } from "@/lib/rules/evaluate";
import type { Rule } from "@/lib/rules/schema";
import { ruleFromText } from "@/lib/rules/url-rule";
import { ruleToText } from "@/lib/rules/url-text";
import { type RulePart, randomRule } from "@/tests/support/random-rule";

const parts: RulePart[] = [
  { ref: { metric: "orders" }, type: "count", operands: fc.integer({ min: -3, max: 9 }) },
  { ref: { metric: "revenue", params: { days: 30 } }, type: "money", operands: fc.integer() },
  { ref: { metric: "gap_ratio", params: {} }, type: "number", operands: fc.constantFrom(0, 0.5, 1.25) },
  { ref: { metric: "last_order_on" }, type: "day", operands: fc.constantFrom("2026-02-01", "2026-02-28") },
  {
    ref: { metric: "event_count", params: { kind: undefined, days: 7 } },
    type: "count",
    operands: fc.nat({ max: 9 }),
  },
  {
    ref: { metric: "trait", params: { key: '城市 "city"' } },
    type: "text",
    operands: fc.constantFrom("", "上海", "a,b"),
  },
];
const rules = randomRule(parts);

/** What reaches anybody is JSON: undefined parameters are none. */
const plain = (rule: Rule): Rule => JSON.parse(JSON.stringify(rule));

test("rule → editor → rule is the rule in canonical form", () => {
  fc.assert(
    fc.property(rules, (rule) => {
      const editor = editorOf(rule);
      expect(countOpen(editor)).toBe(0);
      expect(ruleOfEditor(editor)).toEqual(canonicalRule(rule));
      // … also when the editor's own form went through JSON, as react-querybuilder keeps it.
      expect(ruleOfEditor(JSON.parse(JSON.stringify(editor)))).toEqual(plain(canonicalRule(rule)));
    }),
    { numRuns: 2_000 },
  );
});

test("canonical form is stable and keeps the same customers", () => {
  const values = fc.record({
    number: fc.option(fc.integer({ min: -3, max: 9 })),
    day: fc.option(fc.constantFrom("2026-02-01", "2026-02-14")),
    text: fc.option(fc.constantFrom("", "上海")),
  });
  fc.assert(
    fc.property(rules, values, (rule, of) => {
      const canonical = canonicalRule(rule);
      expect(canonicalRule(canonical)).toEqual(canonical);
      const valueFor = ({ metric }: { metric: string }) =>
        metric === "trait" ? of.text : metric === "last_order_on" ? of.day : of.number;
      expect(evaluateRule(canonical, valueFor)).toBe(evaluateRule(rule, valueFor));
    }),
    { numRuns: 1_000 },
  );
});

test("a rule written to an address reads back as itself, as far as its size allows", () => {
  const depth = (rule: Rule): number => {
    const inner = "all" in rule ? rule.all : "any" in rule ? rule.any : "not" in rule ? [rule.not] : [];
    return 1 + Math.max(0, ...inner.map(depth));
  };
  fc.assert(
    fc.property(rules, (rule) => {
      const text = ruleToText(rule);
      expect(text).toMatch(/^[\w-]+$/);
      expect(ruleFromText(text)).toEqual(depth(rule) <= 8 && text.length <= 6_000 ? plain(rule) : null);
    }),
  );
});

test("no text breaks the reading of an address", () => {
  const encoded = fc.oneof(
    fc.string(),
    fc.json().map((text) => Buffer.from(text).toString("base64url")),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
  );
  fc.assert(
    fc.property(encoded, (text) => {
      expect(() => ruleFromText(text)).not.toThrow();
    }),
  );
});

describe("an address is refused when the rule", () => {
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const nested = (levels: number): object =>
    levels === 0 ? { metric: "orders", op: "known" } : { not: nested(levels - 1) };
  test.each([
    ["is nine levels deep", nested(8)],
    ["has a hundred and one parts", { all: Array.from({ length: 100 }, () => nested(0)) }],
    ["names no metric there is", { metric: "shoe_size", op: "known" }],
    ["names a parameter that does not fit", { metric: "revenue", params: { days: -1 }, op: "known" }],
    ["compares a day with a number", { metric: "last_order_on", op: "eq", value: 3 }],
    ["puts labels in an order", { metric: "acquisition_channel", op: "lt", value: "a" }],
    ["is no rule", [1, 2]],
  ])("%s", (_name, value) => {
    expect(ruleFromText(text(value))).toBeNull();
  });

  test("eight levels and a hundred parts are read", () => {
    expect(ruleFromText(text(nested(7)))).not.toBeNull();
    expect(ruleFromText(text({ all: Array.from({ length: 99 }, () => nested(0)) }))).not.toBeNull();
  });
});

describe("while a condition is open", () => {
  const condition = { field: fieldOf({ metric: "orders" }), operator: "ge" as const, value: 3 };
  test.each<[string, EditorGroup["rules"][number]]>([
    ["a value is missing", { ...condition, value: null }],
    ["the end of a span is missing", { ...condition, operator: "between", value: [1, null] }],
    ["a list is empty", { ...condition, operator: "in", value: [] }],
    ["a number cannot be read", { ...condition, value: Number.NaN }],
  ])("there is no rule: %s", (_name, open) => {
    const inner: EditorGroup = { combinator: "or", rules: [condition, open] };
    const group: EditorGroup = { combinator: "and", rules: [condition, inner] };
    expect(countOpen(group)).toBe(1);
    expect(ruleOfEditor(group)).toBeNull();
  });
});

test("a field is a metric with its parameters", () => {
  const ref = { metric: "event_count", params: { kind: "view", days: 30 } };
  expect(refOf(fieldOf(ref))).toEqual(ref);
  expect(refOf(fieldOf({ metric: "orders", params: { days: undefined } }))).toEqual({ metric: "orders" });
});

test("nothing edited yet keeps everybody", () => {
  expect(keepsEverybody(ruleOfEditor(editorOf(null))!)).toBe(true);
  expect(keepsEverybody({ any: [] })).toBe(false);
});
