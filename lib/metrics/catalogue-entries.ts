import { nameMetric, type Reader } from "@/lib/rules/explain";
import type { MetricRef } from "./metric";
import { standardMetrics } from "./standard";
import { metricStatement } from "./statement";
import { isStored } from "./stored";
import { type MetricView, metricViews } from "./view";

/** One shape of a metric: with these parameters. */
export interface MetricVariant {
  ref: MetricRef;
  name: string;
  /** Column of customer_metrics that holds it; null when it is computed when asked. */
  column: string | null;
  /** Answered from what is stored, without computing. */
  stored: boolean;
  sql: string;
}

/** A metric as the catalogue page shows it; `variants` begin with the plainest one. */
export interface CatalogueEntry extends MetricView {
  variants: MetricVariant[];
}

/** Parameters a metric that needs some is shown with. */
const needed: Record<string, Record<string, unknown>> = { event_change: { days: 30 } };

/** Every metric with the shapes in which it is stored, the shape without parameters first where there is one. */
export function catalogueEntries(reader: Reader): CatalogueEntry[] {
  const variantOf = (ref: MetricRef, column: string | null): MetricVariant => ({
    ref,
    name: nameMetric(ref, reader),
    column,
    stored: isStored(ref),
    sql: metricStatement(ref),
  });
  return metricViews().map((view) => {
    const kept = standardMetrics.filter((one) => one.metric === view.key);
    const variants = kept.map(({ column, ...ref }) => variantOf(ref, column));
    const isBare = view.params.every((param) => !param.required);
    if (isBare && !kept.some((one) => one.params === undefined))
      variants.unshift(variantOf({ metric: view.key }, null));
    if (needed[view.key]) variants.unshift(variantOf({ metric: view.key, params: needed[view.key] }, null));
    return { ...view, variants };
  });
}
