import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { orderDays } from "../history";
import { defineMetric } from "../metric";

export const firstOrderOn = defineMetric({
  key: "first_order_on",
  type: "day",
  name: { zh: "首次下单日", en: "First order on" },
  definition: {
    zh: "首次下单的自然日；没有订单为“无数据”。",
    en: "Local day of the first order; no data without orders.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`min(d.day) FILTER (WHERE d.orders > 0)` }),
  oracle: (history, _params, asOf) => orderDays(history, asOf)[0] ?? null,
});
