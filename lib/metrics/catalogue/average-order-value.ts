import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const averageOrderValue = defineMetric({
  key: "average_order_value",
  type: "money",
  name: { zh: "客单价", en: "Average order value" },
  definition: {
    zh: "消费金额 ÷ 订单数（已扣退款，四舍五入到最小货币单位）；没有订单为“无数据”。",
    en: "Revenue ÷ orders, net of refunds, rounded to the minor unit; no data without orders.",
  },
  params: z.object({}),
  sql: () => ({
    of: "metrics",
    needs: [{ metric: "revenue" }, { metric: "orders" }],
    // floor(x + 0.5): the rounding both languages share
    expression: (revenue, orders) => sql`floor(${revenue}::float8 / nullif(${orders}, 0) + 0.5)::bigint`,
  }),
  oracle: (history, _params, asOf) => {
    const { events } = upTo(history, asOf);
    const orders = events.filter((e) => e.kind === "order").length;
    const revenue = events.reduce(
      (sum, e) => sum + (e.kind === "order" || e.kind === "refund" ? (e.amount ?? 0) : 0),
      0,
    );
    return orders ? Math.floor(revenue / orders + 0.5) : null;
  },
});
