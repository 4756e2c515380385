import type { z } from "zod";
import type { Day } from "@/lib/platform/day";
import type { Sql } from "@/lib/platform/db";
import type { History } from "./history";

/** Text in both languages of the console. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** What a metric's value is; null always means "no data". Money is minor units, `day` is "YYYY-MM-DD". */
export const metricTypes = ["count", "number", "money", "days", "day", "text"] as const;
export type MetricType = (typeof metricTypes)[number];
export type MetricValue = number | string | null;

/** One metric with its parameters: what rules, reports and stored columns name. */
export interface MetricRef {
  metric: string;
  params?: Record<string, unknown>;
}

/** One custom kind, or all of them but some. */
export type CustomKinds = { only: string } | { except: string[] };

/** How a metric reads the rollup for everybody at once; all of it sees only days up to the as-of day. */
export type MetricSql =
  /** Aggregate over `d`, the customer's rows of customer_day. */
  | { of: "day"; aggregate: Sql }
  /** The first day on which one of the rows of `d` that satisfy `row` leaves a window of one of these lengths. */
  | { of: "day_leaving"; row: Sql; spans: readonly number[] }
  /** Aggregate over `g.days`, the gaps between a customer's consecutive order days. */
  | { of: "order_gap"; aggregate: Sql }
  /** Aggregate over `k`, the customer's rows of customer_day_kind of the named custom kinds; `absent` is its value without rows. */
  | { of: "custom_kind"; kinds: CustomKinds; aggregate: Sql; absent?: Sql }
  /** The first or last statement of one trait, as text. */
  | { of: "trait"; key: string; pick: "first" | "last" }
  /** An expression over other metrics. */
  | { of: "metrics"; needs: MetricRef[]; expression: (...values: Sql[]) => Sql };

/** Thresholds a rule compares the metric with, ascending: what decides when passing time alone can matter. */
export type Thresholds = readonly number[];

/** One number, day or label about one customer as of a day: definition, SQL for all customers, naive oracle. */
export interface Metric<P = Record<string, unknown>> {
  key: string;
  type: MetricType;
  name: Bilingual;
  /** What is counted, over which days, and what "no data" means. */
  definition: Bilingual;
  params: z.ZodType<P>;
  /** `asOf` is a date expression. */
  sql(params: P, asOf: Sql): MetricSql;
  /** The same value from one customer's whole history, written to be obviously right. */
  oracle(history: History, params: P, asOf: Day): MetricValue;
  /**
   * The first day after `asOf` on which the value may pass a threshold although nothing happens (a day expression; null =
   * never). May name a day too early, never one too late. Absent or undefined: the value changes through events only.
   */
  nextChange?(params: P, thresholds: Thresholds, asOf: Sql): MetricSql | undefined;
}

/** Keeps the parameter type of one catalogue file inside that file. */
export const defineMetric = <P>(metric: Metric<P>): Metric => metric as unknown as Metric;
