import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const refunded = defineMetric({
  key: "refunded",
  type: "money",
  name: { zh: "退款金额", en: "Refunded" },
  definition: {
    zh: "截至当日退款的总金额（正数）。",
    en: "Total amount refunded so far, as a positive number.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`sum(d.refunded)::bigint` }),
  oracle: (history, _params, asOf) =>
    upTo(history, asOf).events.reduce((sum, e) => sum - (e.kind === "refund" ? (e.amount ?? 0) : 0), 0),
});
