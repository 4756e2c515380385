import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const refunds = defineMetric({
  key: "refunds",
  type: "count",
  name: { zh: "退款次数", en: "Refunds" },
  definition: { zh: "截至当日的退款次数。", en: "Refunds so far." },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`sum(d.refunds)::int` }),
  oracle: (history, _params, asOf) => upTo(history, asOf).events.filter((e) => e.kind === "refund").length,
});
