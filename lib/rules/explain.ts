import { standardKindByKey } from "@/lib/intake/kinds";
import { resolveMetric } from "@/lib/metrics/catalogue";
import type { Metric, MetricRef, MetricValue } from "@/lib/metrics/metric";
import { formatMoney } from "@/lib/platform/money";
import type { Condition, Rule } from "./schema";

/** The reader: language, and the workspace's currency for amounts. */
export interface Reader {
  locale: "zh-CN" | "en";
  currency: string;
}

const words = {
  "zh-CN": {
    lt: "小于",
    le: "不超过",
    eq: "等于",
    ne: "不等于",
    ge: "不少于",
    gt: "大于",
    between: (a: string, b: string) => `在 ${a}（含）到 ${b}（不含）之间`,
    in: "属于",
    not_in: "不属于",
    known: "有数据",
    unknown: "无数据",
    and: "，并且",
    or: "，或者",
    not: (inner: string) => `不满足（${inner}）`,
    always: "任何情况",
    never: "没有情况",
    days: "天",
    lastDays: (n: unknown) => `近 ${n} 天`,
    list: "、",
  },
  en: {
    lt: "is below",
    le: "is at most",
    eq: "is",
    ne: "is not",
    ge: "is at least",
    gt: "is above",
    between: (a: string, b: string) => `is from ${a} up to, not including, ${b}`,
    in: "is one of",
    not_in: "is none of",
    known: "has data",
    unknown: "has no data",
    and: " and ",
    or: " or ",
    not: (inner: string) => `not (${inner})`,
    always: "always",
    never: "never",
    days: " days",
    lastDays: (n: unknown) => `, last ${n} days`,
    list: ", ",
  },
} as const;

/** A metric with its parameters in words: "浏览次数（近 30 天）". */
export function nameMetric(ref: MetricRef, { locale }: Reader): string {
  const { metric, params } = resolveMetric(ref);
  const { days, kind, ...others } = params as { days?: number; kind?: string } & Record<string, unknown>;
  const kindName = kind && (standardKindByKey(kind)?.names[locale === "en" ? "en" : "zh"] ?? kind);
  const particulars = [kindName, ...Object.values(others)].filter((value) => value !== undefined);
  if (locale === "en") {
    return `${metric.name.en}${particulars.length ? ` (${particulars.join(", ")})` : ""}${days ? words.en.lastDays(days) : ""}`;
  }
  const inner = [...particulars, ...(days ? [words["zh-CN"].lastDays(days)] : [])].join("，");
  return `${metric.name.zh}${inner ? `（${inner}）` : ""}`;
}

/** A value of the metric as people read it; null is "no data". */
export function nameValue(metric: Metric, value: MetricValue, reader: Reader): string {
  if (value === null) return words[reader.locale].unknown;
  if (typeof value === "string") return value;
  if (metric.type === "money") return formatMoney(value, reader.currency, reader.locale);
  const number = new Intl.NumberFormat(reader.locale, { maximumFractionDigits: 2 }).format(value);
  return metric.type === "days" ? `${number}${words[reader.locale].days}` : number;
}

function explainCondition(condition: Condition, reader: Reader): string {
  const { metric } = resolveMetric(condition);
  const w = words[reader.locale];
  const space = " ";
  const value = (operand: number | string) => nameValue(metric, operand, reader);
  const subject = nameMetric(condition, reader);
  switch (condition.op) {
    case "known":
    case "unknown":
      return subject + space + w[condition.op];
    case "between":
      return subject + space + w.between(value(condition.value[0]), value(condition.value[1]));
    case "in":
    case "not_in":
      return subject + space + w[condition.op] + space + condition.value.map(value).join(w.list);
    default:
      return subject + space + w[condition.op] + space + value(condition.value);
  }
}

/** A rule in plain words; brackets stand wherever "and" and "or" meet. */
export function explainRule(rule: Rule, reader: Reader): string {
  const w = words[reader.locale];
  const inner = (child: Rule) =>
    "all" in child || "any" in child
      ? `${reader.locale === "en" ? "(" : "（"}${explainRule(child, reader)}${reader.locale === "en" ? ")" : "）"}`
      : explainRule(child, reader);
  if ("all" in rule) return rule.all.length ? rule.all.map(inner).join(w.and) : w.always;
  if ("any" in rule) return rule.any.length ? rule.any.map(inner).join(w.or) : w.never;
  if ("not" in rule) return w.not(explainRule(rule.not, reader));
  return explainCondition(rule, reader);
}
