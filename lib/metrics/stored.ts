import { raw, type Sql, sql } from "@/lib/platform/db";
import { refKey, resolveMetric } from "./catalogue";
import type { MetricRef } from "./metric";
import { standardMetrics } from "./standard";

const columns = new Map(standardMetrics.map(({ column, ...ref }) => [refKey(ref), column]));

/**
 * The metric over customer_metrics `m` as of a day: its own column, or an expression over such columns; null when it needs
 * more than what is stored.
 */
export function overStored(ref: MetricRef, asOf: Sql): Sql | null {
  const { metric, params } = resolveMetric(ref);
  const column = columns.get(refKey({ metric: ref.metric, params }));
  if (column) return raw(`m.${column}`);
  const source = metric.sql(params, asOf);
  if (source.of !== "metrics") return null;
  const needs = source.needs.map((need) => overStored(need, asOf));
  return needs.every((one) => one !== null) ? source.expression(...needs) : null;
}

/** Whether the metric is answered from what is stored for everybody. */
export const isStored = (ref: MetricRef): boolean => overStored(ref, sql`NULL::date`) !== null;
