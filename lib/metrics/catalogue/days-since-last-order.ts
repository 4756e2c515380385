import { z } from "zod";
import { type Day, daysBetween } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { defineMetric } from "../metric";
import { elapsedSince } from "../windows";
import { lastOrderOn } from "./last-order-on";

export const daysSinceLastOrder = defineMetric({
  key: "days_since_last_order",
  type: "days",
  name: { zh: "距上次下单天数", en: "Days since last order" },
  definition: {
    zh: "截至日与最近下单日相差的自然日数（当天为 0）；没有订单为“无数据”。",
    en: "Local days from the latest order to the as-of day (0 on the day itself); no data without orders.",
  },
  params: z.object({}),
  sql: (_params, asOf) => ({
    of: "metrics",
    needs: [{ metric: "last_order_on" }],
    expression: (day) => sql`(${asOf} - ${day})`,
  }),
  oracle: (history, _params, asOf) => {
    const day = lastOrderOn.oracle(history, {}, asOf);
    return day === null ? null : daysBetween(day as Day, asOf);
  },
  nextChange: elapsedSince("last_order_on"),
});
