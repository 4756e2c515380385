import { z } from "zod";
import { type Day, daysBetween } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { defineMetric } from "../metric";
import { elapsedSince } from "../windows";
import { lastActiveOn } from "./last-active-on";

export const daysSinceLastActive = defineMetric({
  key: "days_since_last_active",
  type: "days",
  name: { zh: "距上次活跃天数", en: "Days since last active" },
  definition: {
    zh: "截至日与最近活跃日相差的自然日数；从未有行为为“无数据”。",
    en: "Local days from the latest event to the as-of day; no data when there was none.",
  },
  params: z.object({}),
  sql: (_params, asOf) => ({
    of: "metrics",
    needs: [{ metric: "last_active_on" }],
    expression: (day) => sql`(${asOf} - ${day})`,
  }),
  oracle: (history, _params, asOf) => {
    const day = lastActiveOn.oracle(history, {}, asOf);
    return day === null ? null : daysBetween(day as Day, asOf);
  },
  nextChange: elapsedSince("last_active_on"),
});
