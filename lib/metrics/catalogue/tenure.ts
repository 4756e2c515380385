import { z } from "zod";
import { type Day, daysBetween } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { defineMetric } from "../metric";
import { firstSeenOn } from "./first-seen-on";
import { lastActiveOn } from "./last-active-on";

export const tenure = defineMetric({
  key: "tenure",
  type: "days",
  name: { zh: "活跃生命长度", en: "Tenure" },
  definition: {
    zh: "首次出现到最近一次行为之间的自然日数（已观察到的 LT）；从未有行为为“无数据”。",
    en: "Local days from the first record to the latest event (the lifetime observed); no data when there was no event.",
  },
  params: z.object({}),
  sql: () => ({
    of: "metrics",
    needs: [{ metric: "first_seen_on" }, { metric: "last_active_on" }],
    expression: (first, last) => sql`(${last} - ${first})`,
  }),
  oracle: (history, _params, asOf) => {
    const first = firstSeenOn.oracle(history, {}, asOf);
    const last = lastActiveOn.oracle(history, {}, asOf);
    return first === null || last === null ? null : daysBetween(first as Day, last as Day);
  },
});
