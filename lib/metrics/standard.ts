import type { MetricRef } from "./metric";

/** A metric kept for every customer in customer_metrics: lists sort and filter by it without computing. */
export interface StandardMetric extends MetricRef {
  /** Column of customer_metrics. */
  column: string;
}

/** The columns of customer_metrics, in the order of the table. Days and totals; never "days since", which would change daily. */
export const standardMetrics: readonly StandardMetric[] = [
  { column: "first_seen_on", metric: "first_seen_on" },
  { column: "last_active_on", metric: "last_active_on" },
  { column: "first_order_on", metric: "first_order_on" },
  { column: "last_order_on", metric: "last_order_on" },
  { column: "revenue", metric: "revenue" },
  { column: "revenue_30d", metric: "revenue", params: { days: 30 } },
  { column: "revenue_90d", metric: "revenue", params: { days: 90 } },
  { column: "refunded", metric: "refunded" },
  { column: "largest_order", metric: "largest_order" },
  { column: "median_repurchase_days", metric: "median_repurchase_days" },
  { column: "mean_repurchase_days", metric: "mean_repurchase_days" },
  { column: "orders", metric: "orders" },
  { column: "orders_30d", metric: "event_count", params: { kind: "order", days: 30 } },
  { column: "orders_90d", metric: "event_count", params: { kind: "order", days: 90 } },
  { column: "refunds", metric: "refunds" },
  { column: "events_7d", metric: "event_count", params: { days: 7 } },
  { column: "events_30d", metric: "event_count", params: { days: 30 } },
  { column: "active_days_30d", metric: "active_days", params: { days: 30 } },
  { column: "logins_30d", metric: "logins", params: { days: 30 } },
  { column: "views_30d", metric: "event_count", params: { kind: "view", days: 30 } },
  { column: "carts_30d", metric: "event_count", params: { kind: "cart", days: 30 } },
  { column: "searches_30d", metric: "event_count", params: { kind: "search", days: 30 } },
  { column: "shares", metric: "event_count", params: { kind: "share" } },
  { column: "complaints_90d", metric: "event_count", params: { kind: "complaint", days: 90 } },
  { column: "acquisition_channel", metric: "acquisition_channel" },
];
