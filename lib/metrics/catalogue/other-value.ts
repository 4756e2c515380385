import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

/** Value types that are not counted; "order" stands for orders and refunds, every other one is a custom kind. */
export const valueTypes = z.object({ without: z.array(z.string().min(1)).max(50).optional() });
export type ValueTypes = z.infer<typeof valueTypes>;

/** True for an event whose value counts beyond orders. */
export const isOtherValue = (kind: string, { without }: ValueTypes): boolean =>
  kind !== "order" && kind !== "refund" && !without?.includes(kind);

export const otherValue = defineMetric<ValueTypes>({
  key: "other_value",
  type: "money",
  name: { zh: "订单以外的价值", en: "Value beyond orders" },
  definition: {
    zh: "自定义行为带来的收入（如广告、服务费）之和；被列为不计的类型除外。",
    en: "Revenue carried by custom kinds (ads, fees …); types listed in `without` are left out.",
  },
  params: valueTypes,
  sql: ({ without }) => ({
    of: "custom_kind",
    kinds: { except: (without ?? []).filter((type) => type !== "order") },
    aggregate: sql`sum(k.amount)::bigint`,
    absent: sql`0`,
  }),
  oracle: (history, types, asOf) =>
    upTo(history, asOf).events.reduce(
      (sum, e) => sum + (isOtherValue(e.kind, types) ? (e.amount ?? 0) : 0),
      0,
    ),
});
