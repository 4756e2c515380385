import { z } from "zod";
import type { Condition, Rule } from "@/lib/rules/schema";
import type { Stage, StageModelDefinition } from "./schema";

const gate = z.object({
  /** Orders at least. */
  orders: z.number().int().min(1),
  /** Net revenue at least, in minor units; 0 = any. */
  revenue: z.number().int().min(0),
  /** Median repurchase interval at most, in days; null = any, also none yet. */
  interval: z.number().positive().nullable(),
});

/** What the six-stage model asks of each stage: gates on the way up, the customer's own rhythm on the way down. */
export const lifecycleThresholds = z.object({
  growth: gate,
  stable: gate,
  mature: gate,
  rhythm: z.object({
    /** Current gap ÷ own median above which a customer declines, and has churned. */
    declineRatio: z.number().positive(),
    churnRatio: z.number().positive(),
    /** Below this many orders there is no rhythm yet and fixed days apply. */
    fewOrders: z.number().int().min(2),
    declineDays: z.number().int().positive(),
    churnDays: z.number().int().positive(),
  }),
});
export type LifecycleThresholds = z.infer<typeof lifecycleThresholds>;

/** Starting values: five orders as the loyalty knee, 1.5 × the own interval, 45 days for a customer with few orders. */
export const defaultThresholds: LifecycleThresholds = {
  growth: { orders: 2, revenue: 0, interval: null },
  stable: { orders: 5, revenue: 50_000, interval: 60 },
  mature: { orders: 10, revenue: 200_000, interval: 30 },
  rhythm: { declineRatio: 1.5, churnRatio: 3, fewOrders: 3, declineDays: 45, churnDays: 90 },
};

const stages: Stage[] = [
  {
    key: "trial",
    name: { zh: "体验期", en: "Trial" },
    color: "#56B4E9",
    icon: "sprout",
    meaning: {
      zh: "刚开始接触，正在试探价值。",
      en: "Getting to know the product; value is still being tried out.",
    },
  },
  {
    key: "growth",
    name: { zh: "成长期", en: "Growth" },
    color: "#009E73",
    icon: "trending-up",
    meaning: { zh: "开始复购，关系在建立。", en: "Buying again; the relationship is forming." },
  },
  {
    key: "stable",
    name: { zh: "稳定期", en: "Stable" },
    color: "#0072B2",
    icon: "anchor",
    meaning: { zh: "以稳定的节奏持续购买。", en: "Buying at a steady rhythm." },
  },
  {
    key: "mature",
    name: { zh: "成熟期", en: "Mature" },
    color: "#6A51A3",
    icon: "gem",
    meaning: { zh: "高频高额，是价值的主体。", en: "Frequent and large: most of the value." },
  },
  {
    key: "decline",
    name: { zh: "衰退期", en: "Decline" },
    color: "#E69F00",
    icon: "trending-down",
    meaning: { zh: "沉默超过自己的节奏，可能流失。", en: "Silent beyond the own rhythm: may be leaving." },
  },
  {
    key: "churned",
    name: { zh: "流失期", en: "Churned" },
    color: "#7A7A7A",
    icon: "moon",
    meaning: { zh: "沉默已久，视为已离开。", en: "Silent for long: taken as gone." },
    ends: true,
  },
];

const atLeast = (metric: string, value: number): Condition => ({ metric, op: "ge", value });
const above = (metric: string, value: number): Condition => ({ metric, op: "gt", value });

function gateRule(g: LifecycleThresholds["growth"]): Rule[] {
  const conditions: Rule[] = [atLeast("orders", g.orders)];
  if (g.revenue > 0) conditions.push(atLeast("revenue", g.revenue));
  if (g.interval !== null) conditions.push({ metric: "median_repurchase_days", op: "le", value: g.interval });
  return conditions;
}

/** Silence beyond `ratio` of the own median, or beyond fixed days where there is no rhythm to compare with. */
function silentBeyond(t: LifecycleThresholds["rhythm"], ratio: number, days: number): Rule {
  const rhythm: Rule = { all: [atLeast("orders", t.fewOrders), { metric: "gap_ratio", op: "known" }] };
  return {
    any: [
      { all: [rhythm, above("gap_ratio", ratio)] },
      { all: [{ not: rhythm }, atLeast("orders", 1), above("days_since_last_order", days)] },
      { all: [{ metric: "orders", op: "eq", value: 0 }, above("days_since_last_active", days)] },
      // Known by a profile only and silent since: there is no activity to measure from.
      { all: [{ metric: "days_since_last_active", op: "unknown" }, above("days_since_first_seen", days)] },
    ],
  };
}

/**
 * The six-stage lifecycle (体验 成长 稳定 成熟 衰退 流失). Upwards a customer needs every condition of a stage and of all stages
 * below it; missing one keeps it in the stage before. Silence is judged first: churned, then decline.
 */
export function lifecycleModel(thresholds: LifecycleThresholds = defaultThresholds): StageModelDefinition {
  const { growth, stable, mature, rhythm } = thresholds;
  const toGrowth = gateRule(growth);
  const toStable = [...toGrowth, ...gateRule(stable)];
  const toMature = [...toStable, ...gateRule(mature)];
  return {
    stages,
    decisions: [
      { stage: "churned", when: silentBeyond(rhythm, rhythm.churnRatio, rhythm.churnDays) },
      { stage: "decline", when: silentBeyond(rhythm, rhythm.declineRatio, rhythm.declineDays) },
      { stage: "mature", when: { all: toMature } },
      { stage: "stable", when: { all: toStable } },
      { stage: "growth", when: { all: toGrowth } },
    ],
    otherwise: "trial",
  };
}
