import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MetricValue } from "@/lib/metrics/metric";
import { evaluateRule } from "@/lib/rules/evaluate";
import type { Rule } from "@/lib/rules/schema";
import { classifyStage } from "@/lib/stages/classify-stage";
import { lifecycleModel } from "@/lib/stages/default-model";
import { stageModelDefinition } from "@/lib/stages/schema";
import { nearestChanges, type Trace, toTurn, traceRule, traceStage } from "@/lib/stages/why";
import { firstReason, reasonsFor, turnInWords } from "@/lib/stages/why-words";
import { type RulePart, randomRule } from "@/tests/support/random-rule";

const small = fc.integer({ min: 0, max: 3 });
const parts: RulePart[] = [
  { ref: { metric: "orders" }, type: "count", operands: small },
  { ref: { metric: "gap_ratio" }, type: "number", operands: fc.constantFrom(0.5, 1.5, 3) },
  { ref: { metric: "days_since_last_order" }, type: "days", operands: small },
  { ref: { metric: "acquisition_channel" }, type: "text", operands: fc.constantFrom("ads", "shop") },
];
const rules = randomRule(parts);
const values = fc.record<Record<string, MetricValue>>({
  orders: small,
  gap_ratio: fc.constantFrom(null, 0.5, 2, 4),
  days_since_last_order: fc.option(small),
  acquisition_channel: fc.constantFrom(null, "ads", "shop"),
});
const seen = (of: Record<string, MetricValue>) => (ref: { metric: string }) => of[ref.metric] ?? null;
const models = fc.array(rules, { maxLength: 5 }).map((all) => {
  const model = lifecycleModel();
  const keys = model.stages.map((stage) => stage.key);
  return stageModelDefinition.parse({
    ...model,
    decisions: all.map((when, i) => ({ stage: keys[i % keys.length], when })),
  });
});

/** The trace with these conditions' verdicts turned, judged again from the leaves up. */
function turned(of: Trace, flips: readonly Trace[]): boolean {
  if (of.kind === "condition") return flips.includes(of) ? !of.passed : of.passed;
  if (of.kind === "not") return !turned(of.part, flips);
  return of.kind === "all"
    ? of.parts.every((part) => turned(part, flips))
    : of.parts.some((part) => turned(part, flips));
}

/** Every subtree of a rule with its trace, side by side. */
function pairs(rule: Rule, of: Trace): [Rule, Trace][] {
  const below: [Rule, Trace][] =
    of.kind === "condition"
      ? []
      : of.kind === "not"
        ? pairs((rule as { not: Rule }).not, of.part)
        : of.parts.flatMap((part, i) => pairs((Object.values(rule)[0] as Rule[])[i]!, part));
  return [[rule, of], ...below];
}

test("each verdict of a trace, of groups and of conditions, is the evaluator's", () => {
  fc.assert(
    fc.property(rules, values, (rule, of) => {
      for (const [part, one] of pairs(rule, traceRule(rule, seen(of)))) {
        expect(one.passed).toBe(evaluateRule(part, seen(of)));
        if (one.kind === "condition")
          expect([one.condition, one.value]).toEqual([part, seen(of)(one.condition)]);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a trace gives the stage classification gives; one decision at most held, those before it failed", () => {
  fc.assert(
    fc.property(models, values, (model, of) => {
      const found = traceStage(model, seen(of));
      expect(found.stage).toBe(classifyStage(model, seen(of)));
      const held = found.heldBy ?? model.decisions.length;
      expect(found.decisions.map((one) => one.verdict)).toEqual(
        model.decisions.map((_, i) => (i < held ? "failed" : i === held ? "held" : "not_tried")),
      );
      for (const one of found.decisions.slice(0, held)) expect(one.trace.passed).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test("turning the conditions named turns the rule, fewer of them do not, and none are named in vain", () => {
  fc.assert(
    fc.property(rules, values, fc.boolean(), (rule, of, wanted) => {
      const one = traceRule(rule, seen(of));
      const flips = toTurn(one, wanted);
      if (flips === null) return;
      expect(turned(one, flips)).toBe(wanted);
      for (const spared of flips)
        expect(
          turned(
            one,
            flips.filter((flip) => flip !== spared),
          ),
        ).toBe(!wanted);
    }),
    { numRuns: 1000 },
  );
});

test("what would change a stage leads where it says", () => {
  fc.assert(
    fc.property(models, values, (model, of) => {
      const found = traceStage(model, seen(of));
      const { into, leave } = nearestChanges(model, found);
      const held = found.heldBy ?? found.decisions.length;
      const other = found.decisions
        .slice(0, held)
        .filter((one) => one.stage !== found.stage)
        .reverse();
      for (const { stage, turn } of into) {
        const decision = other.find((one) => one.stage === stage && turned(one.trace, turn));
        expect(decision && turn.length > 0).toBeTruthy();
      }
      expect(into.map((one) => one.stage)).toEqual(
        other.filter((one) => toTurn(one.trace, true) !== null).map((one) => one.stage),
      );
      if (leave) {
        const same = new Set(leave.turn.map((one) => JSON.stringify(one.condition)));
        const everywhere = (one: Trace): boolean =>
          one.kind === "condition"
            ? same.has(JSON.stringify(one.condition)) !== one.passed
            : one.kind === "not"
              ? !everywhere(one.part)
              : one.kind === "all"
                ? one.parts.every(everywhere)
                : one.parts.some(everywhere);
        const landing = found.decisions.slice(held + 1).find((one) => everywhere(one.trace));
        expect(landing?.stage ?? model.otherwise).toBe(leave.stage);
        expect(leave.stage).not.toBe(found.stage);
        expect(turned(found.decisions[held]!.trace, leave.turn)).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

test("words never fail and never say what a program says", () => {
  fc.assert(
    fc.property(rules, values, fc.constantFrom("zh-CN" as const, "en" as const), (rule, of, locale) => {
      const reader = { locale, currency: "CNY" };
      const one = traceRule(rule, seen(of));
      const said = one.passed ? reasonsFor(one, reader) : [firstReason(one, reader)];
      for (const sentence of [
        ...said,
        ...(toTurn(one, !one.passed) ?? []).map((c) => turnInWords(c, reader)),
      ]) {
        expect(sentence.trim()).not.toBe("");
        expect(sentence).not.toMatch(/undefined|NaN|\[object|null/);
      }
    }),
  );
});

describe("the six stages in words", () => {
  const model = lifecycleModel();
  const of: Record<string, MetricValue> = {
    orders: 3,
    revenue: 40_000,
    median_repurchase_days: 20,
    gap_ratio: 0.5,
    days_since_last_order: 10,
    days_since_last_active: 10,
    days_since_first_seen: 60,
  };
  const found = traceStage(model, seen(of));
  const reader = { locale: "zh-CN", currency: "CNY" } as const;

  test("why not the stage above", () => {
    expect(found.stage).toBe("growth");
    expect(firstReason(found.decisions[3]!.trace, reader)).toBe("未满足“订单数 不少于 5”，实际为 3");
    expect(firstReason(found.decisions[3]!.trace, { ...reader, locale: "en" })).toBe(
      "Not met: Orders is at least 5 (it is 3)",
    );
  });

  test("what would change it: what is missing for each stage tried before, and what would end this one", () => {
    const { into, leave } = nearestChanges(model, found);
    const said = (turn: (typeof into)[number]["turn"]) => turn.map((one) => turnInWords(one, reader));
    expect(into.map((one) => one.stage)).toEqual(["stable", "mature", "decline", "churned"]);
    expect(said(into[0]!.turn)).toEqual([
      "订单数 不少于 5（现在：3）",
      "消费金额 不少于 ¥500.00（现在：¥400.00）",
    ]);
    expect(said(into[2]!.turn)).toEqual(["当前间隔 ÷ 自身中位间隔 大于 1.5（现在：0.5）"]);
    expect(leave!.stage).toBe("trial");
    expect(said(leave!.turn)).toEqual(["不再是“订单数 不少于 2”（现在：3）"]);
  });

  test("leaving a stage built on the one below leads to that one, by a condition of its own", () => {
    const stable = traceStage(model, seen({ ...of, orders: 6, revenue: 90_000 }));
    const { leave } = nearestChanges(model, stable);
    expect([stable.stage, leave!.stage]).toEqual(["stable", "growth"]);
    expect(leave!.turn.map((one) => turnInWords(one, reader))).toEqual([
      "不再是“订单数 不少于 5”（现在：6）",
    ]);
  });

  test("of several ways to hold, the nearest says why it did not", () => {
    expect(firstReason(found.decisions[1]!.trace, reader)).toBe(
      "未满足“当前间隔 ÷ 自身中位间隔 大于 1.5”，实际为 0.5",
    );
    expect(
      firstReason(traceRule({ not: { metric: "orders", op: "eq", value: 0 } }, seen({ orders: 0 })), reader),
    ).toBe("符合排除条件“订单数 等于 0”，实际为 0");
  });

  test("the rest's stage has no decision that holds", () => {
    const none = traceStage(model, seen({ ...of, orders: 1 }));
    expect([none.stage, none.heldBy, nearestChanges(model, none).leave]).toEqual(["trial", null, null]);
    expect(nearestChanges(model, none).into[0]).toMatchObject({ stage: "growth" });
  });
});
