import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { defineMetric } from "../metric";
import { BEYOND_REACH, earliestAhead } from "../windows";
import { daysSinceLastOrder } from "./days-since-last-order";
import { medianRepurchaseDays } from "./median-repurchase-days";

export const gapRatio = defineMetric({
  key: "gap_ratio",
  type: "number",
  name: { zh: "当前间隔 ÷ 自身中位间隔", en: "Current gap ÷ own median" },
  definition: {
    zh: "距上次下单天数 ÷ 该用户自己的复购间隔中位数：1.5 表示已沉默到平时节奏的一倍半；少于两个下单日为“无数据”。",
    en: "Days since last order ÷ the customer's own median interval: 1.5 means silent for one and a half times the usual rhythm; no data below two order days.",
  },
  params: z.object({}),
  sql: () => ({
    of: "metrics",
    needs: [{ metric: "days_since_last_order" }, { metric: "median_repurchase_days" }],
    expression: (since, median) => sql`(${since}::float8 / ${median})`,
  }),
  oracle: (history, _params, asOf) => {
    const since = daysSinceLastOrder.oracle(history, {}, asOf);
    const median = medianRepurchaseDays.oracle(history, {}, asOf);
    return since === null || median === null ? null : Number(since) / Number(median);
  },
  nextChange: (_params, thresholds, asOf) => ({
    of: "metrics",
    needs: [{ metric: "last_order_on" }, { metric: "median_repurchase_days" }],
    // The ratio passes t on one of these days; a day of slack on either side covers the rounding of t × median.
    expression: (last, median) =>
      earliestAhead(
        thresholds.flatMap((t) =>
          [0, 1, 2].map(
            (slack) =>
              sql`${last} + (least(floor(${t}::float8 * ${median}), ${BEYOND_REACH}::float8)::int + ${slack}::int)`,
          ),
        ),
        asOf,
      ),
  }),
});
