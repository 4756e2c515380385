import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";
import { isOtherValue, type ValueTypes, valueTypes } from "./other-value";

/** The value type of orders and refunds; every other one is a custom kind whose events carry revenue. */
const ORDER = "order";

export const historicalLtv = defineMetric<ValueTypes>({
  key: "historical_ltv",
  type: "money",
  name: { zh: "历史 LTV", en: "Historical LTV" },
  definition: {
    zh: "用户至今带来的全部价值：订单净额加上每一种带收入的自定义行为（广告、其他）；被列为不计的价值类型除外。",
    en: "All value a customer brought so far: net orders (`order`) plus every custom kind that carries revenue (ads, other); value types listed in `without` are left out.",
  },
  params: valueTypes,
  sql: ({ without }) => ({
    of: "metrics",
    needs: [{ metric: "revenue" }, { metric: "other_value", params: { without } }],
    expression: (orders, other) => (without?.includes(ORDER) ? other! : sql`(${orders} + ${other})`),
  }),
  oracle: (history, { without }, asOf) =>
    upTo(history, asOf).events.reduce((sum, e) => {
      const isOrder = e.kind === "order" || e.kind === "refund";
      return (
        sum +
        ((isOrder ? !without?.includes(ORDER) : isOtherValue(e.kind, { without })) ? (e.amount ?? 0) : 0)
      );
    }, 0),
});
