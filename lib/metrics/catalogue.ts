import { AppError } from "@/lib/platform/errors";
import { acquisitionChannel } from "./catalogue/acquisition-channel";
import { activeDays } from "./catalogue/active-days";
import { averageOrderValue } from "./catalogue/average-order-value";
import { daysSinceFirstSeen } from "./catalogue/days-since-first-seen";
import { daysSinceLastActive } from "./catalogue/days-since-last-active";
import { daysSinceLastOrder } from "./catalogue/days-since-last-order";
import { eventChange } from "./catalogue/event-change";
import { eventCount } from "./catalogue/event-count";
import { firstOrderOn } from "./catalogue/first-order-on";
import { firstSeenOn } from "./catalogue/first-seen-on";
import { gapRatio } from "./catalogue/gap-ratio";
import { historicalLtv } from "./catalogue/historical-ltv";
import { largestOrder } from "./catalogue/largest-order";
import { lastActiveOn } from "./catalogue/last-active-on";
import { lastOrderOn } from "./catalogue/last-order-on";
import { logins } from "./catalogue/logins";
import { meanRepurchaseDays } from "./catalogue/mean-repurchase-days";
import { medianRepurchaseDays } from "./catalogue/median-repurchase-days";
import { orders } from "./catalogue/orders";
import { otherValue } from "./catalogue/other-value";
import { refunded } from "./catalogue/refunded";
import { refunds } from "./catalogue/refunds";
import { revenue } from "./catalogue/revenue";
import { tenure } from "./catalogue/tenure";
import { trait } from "./catalogue/trait";
import type { Metric, MetricRef } from "./metric";

/** Every metric there is; one file each under catalogue/. */
export const catalogue: readonly Metric[] = [
  orders,
  revenue,
  averageOrderValue,
  historicalLtv,
  otherValue,
  largestOrder,
  refunds,
  refunded,
  firstOrderOn,
  lastOrderOn,
  daysSinceLastOrder,
  medianRepurchaseDays,
  meanRepurchaseDays,
  gapRatio,
  firstSeenOn,
  lastActiveOn,
  daysSinceFirstSeen,
  daysSinceLastActive,
  tenure,
  activeDays,
  eventCount,
  eventChange,
  logins,
  acquisitionChannel,
  trait,
];

const byKey = new Map(catalogue.map((metric) => [metric.key, metric]));

/** The metric of that key, or undefined. */
export const findMetric = (key: string): Metric | undefined => byKey.get(key);

/** The metric of a reference with its parsed parameters; bad_input when either is unknown. */
export function resolveMetric(ref: MetricRef): { metric: Metric; params: Record<string, unknown> } {
  const metric = byKey.get(ref.metric);
  if (!metric) throw new AppError("bad_input", `There is no metric "${ref.metric}"`, { metric: ref.metric });
  const params = metric.params.safeParse(ref.params ?? {});
  if (!params.success) {
    const issue = params.error.issues[0];
    const at = issue?.path.join(".") ?? "";
    throw new AppError("bad_input", `Metric "${ref.metric}", parameter "${at}": ${issue?.message}`, {
      ...ref,
    });
  }
  return { metric, params: params.data };
}

/** One text per metric and parameters, whatever the order of the keys: equal references compare equal. */
export function refKey(ref: MetricRef): string {
  const params = Object.entries(ref.params ?? {}).filter(([, value]) => value !== undefined);
  params.sort(([a], [b]) => (a < b ? -1 : 1));
  return `${ref.metric}${params.length ? JSON.stringify(params) : ""}`;
}
