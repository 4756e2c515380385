import { z } from "zod";
import { daysBetween } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { orderDays } from "../history";
import { defineMetric } from "../metric";

export const meanRepurchaseDays = defineMetric({
  key: "mean_repurchase_days",
  type: "days",
  name: { zh: "平均复购间隔", en: "Mean repurchase interval" },
  definition: {
    zh: "首末下单日相差天数 ÷（下单日数 − 1）；少于两个下单日为“无数据”。",
    en: "Days from first to last order day ÷ (order days − 1); no data below two order days.",
  },
  params: z.object({}),
  sql: () => ({ of: "order_gap", aggregate: sql`sum(g.days)::float8 / count(g.days)` }),
  oracle: (history, _params, asOf) => {
    const days = orderDays(history, asOf);
    return days.length < 2 ? null : daysBetween(days[0]!, days.at(-1)!) / (days.length - 1);
  },
});
