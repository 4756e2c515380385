import { catalogue, refKey, resolveMetric } from "@/lib/metrics/catalogue";
import type { CustomerValues } from "@/lib/metrics/customer-values";
import type { MetricRef } from "@/lib/metrics/metric";
import { standardMetrics } from "@/lib/metrics/standard";
import type { MetricGroup, ProfileMetric } from "./schema";

/** Where a metric stands on the customer page. Every metric of the catalogue that needs no parameters has its place. */
const groupOf: Record<string, MetricGroup> = {
  orders: "orders",
  revenue: "orders",
  average_order_value: "orders",
  historical_ltv: "orders",
  other_value: "orders",
  largest_order: "orders",
  refunds: "orders",
  refunded: "orders",
  first_order_on: "orders",
  last_order_on: "orders",
  days_since_last_order: "rhythm",
  median_repurchase_days: "rhythm",
  mean_repurchase_days: "rhythm",
  gap_ratio: "rhythm",
  last_active_on: "activity",
  days_since_last_active: "activity",
  active_days: "activity",
  event_count: "activity",
  logins: "activity",
  acquisition_channel: "acquisition",
  first_seen_on: "acquisition",
  days_since_first_seen: "acquisition",
  tenure: "acquisition",
};

const refs = new Map<string, MetricRef & { group: MetricGroup }>();
for (const { metric, params } of [
  ...catalogue
    .filter((one) => one.params.safeParse({}).success)
    .map(({ key }) => ({ metric: key, params: {} })),
  ...standardMetrics.map(({ metric, params }) => ({ metric, params: params ?? {} })),
]) {
  const isOrders = (params as { kind?: string }).kind === "order";
  refs.set(refKey({ metric, params }), {
    metric,
    params,
    group: isOrders ? "orders" : (groupOf[metric] ?? "activity"),
  });
}

/** The metrics of the customer page, group by group, the windows of a metric behind it. */
export const profileRefs: readonly (MetricRef & { group: MetricGroup })[] = [...refs.values()].sort(
  (a, b) => placeOf(a) - placeOf(b),
);

function placeOf(ref: MetricRef & { group: MetricGroup }): number {
  const groups: MetricGroup[] = ["orders", "rhythm", "activity", "acquisition"];
  const order = Object.keys(groupOf).indexOf(ref.metric);
  const { days = 0 } = resolveMetric(ref).params as { days?: number };
  return groups.indexOf(ref.group) * 1e6 + order * 1e4 + days;
}

/** The six of a summary. */
export const summaryRefs: readonly MetricRef[] = [
  { metric: "orders" },
  { metric: "revenue" },
  { metric: "days_since_last_order" },
  { metric: "median_repurchase_days" },
  { metric: "active_days", params: { days: 30 } },
  { metric: "acquisition_channel" },
];

/** The values as the answers write them; null: the customer was not there yet, so nothing has a value. */
export const profileMetrics = (asked: readonly MetricRef[], values: CustomerValues | null): ProfileMetric[] =>
  asked.map(({ metric, params }) => ({
    metric,
    params: params ?? {},
    group: profileRefs.find((one) => refKey(one) === refKey({ metric, params }))?.group ?? "activity",
    value: values?.get(refKey({ metric, params })) ?? null,
  }));
