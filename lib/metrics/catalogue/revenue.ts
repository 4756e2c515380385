import { z } from "zod";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";
import { windowDays } from "../windows";

const moved = sql`(d.orders > 0 OR d.refunds > 0)`;

export const revenue = defineMetric({
  key: "revenue",
  type: "money",
  name: { zh: "消费金额", en: "Revenue" },
  definition: {
    zh: "订单金额减去退款金额（历史 LTV 的订单部分）；设定时间窗口时，只计最近这些个自然日。",
    en: "Order amounts minus refunds (the order part of historical LTV); with `days`, of the last that many local days.",
  },
  params: z.object({ days: windowDays.optional() }),
  sql: ({ days }, asOf) => ({
    of: "day",
    aggregate: days
      ? sql`coalesce(sum(d.revenue) FILTER (WHERE d.day > ${asOf} - ${days}::int), 0)::bigint`
      : sql`sum(d.revenue)::bigint`,
  }),
  oracle: (history, { days }, asOf) =>
    upTo(history, asOf)
      .events.filter((e) => !days || e.day > addDays(asOf, -days))
      .reduce((sum, e) => sum + (e.kind === "order" || e.kind === "refund" ? (e.amount ?? 0) : 0), 0),
  nextChange: ({ days }) => (days ? { of: "day_leaving", row: moved, spans: [days] } : undefined),
});
