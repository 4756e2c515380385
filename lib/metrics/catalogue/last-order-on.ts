import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { orderDays } from "../history";
import { defineMetric } from "../metric";

export const lastOrderOn = defineMetric({
  key: "last_order_on",
  type: "day",
  name: { zh: "最近下单日", en: "Last order on" },
  definition: {
    zh: "最近一次下单的自然日；没有订单为“无数据”。",
    en: "Local day of the latest order; no data without orders.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`max(d.day) FILTER (WHERE d.orders > 0)` }),
  oracle: (history, _params, asOf) => orderDays(history, asOf).at(-1) ?? null,
});
