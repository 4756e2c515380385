import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const orders = defineMetric({
  key: "orders",
  type: "count",
  name: { zh: "订单数", en: "Orders" },
  definition: {
    zh: "截至当日的下单次数；同一天的多笔订单分别计数，退款不减少订单数。",
    en: "Orders placed so far; several on one day count separately, refunds do not reduce the count.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`sum(d.orders)::int` }),
  oracle: (history, _params, asOf) => upTo(history, asOf).events.filter((e) => e.kind === "order").length,
});
