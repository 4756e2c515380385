import { z } from "zod";
import { type Day, daysBetween } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { defineMetric } from "../metric";
import { elapsedSince } from "../windows";
import { firstSeenOn } from "./first-seen-on";

export const daysSinceFirstSeen = defineMetric({
  key: "days_since_first_seen",
  type: "days",
  name: { zh: "距首次出现天数", en: "Days since first seen" },
  definition: {
    zh: "截至日与首次出现日相差的自然日数，即至今的生命周期长度（未流失用户为删失值）。",
    en: "Local days from the first record to the as-of day: the lifetime so far, censored while the customer lives.",
  },
  params: z.object({}),
  sql: (_params, asOf) => ({
    of: "metrics",
    needs: [{ metric: "first_seen_on" }],
    expression: (day) => sql`(${asOf} - ${day})`,
  }),
  oracle: (history, _params, asOf) => {
    const day = firstSeenOn.oracle(history, {}, asOf);
    return day === null ? null : daysBetween(day as Day, asOf);
  },
  nextChange: elapsedSince("first_seen_on"),
});
