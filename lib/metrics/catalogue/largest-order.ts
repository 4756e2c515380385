import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const largestOrder = defineMetric({
  key: "largest_order",
  type: "money",
  name: { zh: "最大单笔金额", en: "Largest order" },
  definition: {
    zh: "截至当日单笔订单的最大金额；没有订单为“无数据”。",
    en: "The largest single order so far; no data without orders.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`max(d.order_max) FILTER (WHERE d.orders > 0)` }),
  oracle: (history, _params, asOf) => {
    const amounts = upTo(history, asOf).events.flatMap((e) => (e.kind === "order" ? [e.amount ?? 0] : []));
    return amounts.length ? Math.max(...amounts) : null;
  },
});
