import { z } from "zod";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";
import { windowDays } from "../windows";

const active = sql`d.events > 0`;

export const activeDays = defineMetric({
  key: "active_days",
  type: "count",
  name: { zh: "活跃天数", en: "Active days" },
  definition: {
    zh: "有行为的自然日数；设定时间窗口时，只看最近这些个自然日。",
    en: "Local days with at least one event; with `days`, within the last that many local days.",
  },
  params: z.object({ days: windowDays.optional() }),
  sql: ({ days }, asOf) => ({
    of: "day",
    aggregate: days
      ? sql`(count(*) FILTER (WHERE d.events > 0 AND d.day > ${asOf} - ${days}::int))::int`
      : sql`(count(*) FILTER (WHERE d.events > 0))::int`,
  }),
  oracle: (history, { days }, asOf) =>
    new Set(
      upTo(history, asOf)
        .events.map((e) => e.day)
        .filter((day) => !days || day > addDays(asOf, -days)),
    ).size,
  nextChange: ({ days }) => (days ? { of: "day_leaving", row: active, spans: [days] } : undefined),
});
