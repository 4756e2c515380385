import { z } from "zod";
import { daysBetween } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { orderDays } from "../history";
import { defineMetric } from "../metric";

const sorted = sql`(array_agg(g.days ORDER BY g.days))`;

export const medianRepurchaseDays = defineMetric({
  key: "median_repurchase_days",
  type: "days",
  name: { zh: "复购间隔中位数", en: "Median repurchase interval" },
  definition: {
    zh: "相邻下单日间隔天数的中位数（同一天的订单合并）；少于两个下单日为“无数据”。只用已完成的间隔，因此偏短。",
    en: "Median of days between consecutive order days (orders of a day merged); no data below two order days. Finished gaps only, so biased short.",
  },
  params: z.object({}),
  // percentile_cont(0.5), written so that Postgres sorts all gaps once instead of each customer's by itself.
  sql: () => ({
    of: "order_gap",
    aggregate: sql`(${sorted}[(count(g.days) + 1) / 2] + ${sorted}[(count(g.days) + 2) / 2]) / 2::float8`,
  }),
  oracle: (history, _params, asOf) => {
    const days = orderDays(history, asOf);
    const gaps = days.slice(1).map((day, i) => daysBetween(days[i]!, day));
    gaps.sort((a, b) => a - b);
    if (gaps.length === 0) return null;
    const middle = (gaps.length - 1) / 2;
    return (gaps[Math.floor(middle)]! + gaps[Math.ceil(middle)]!) / 2;
  },
});
