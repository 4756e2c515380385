import { z } from "zod";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { kindCounter } from "../kind-counter";
import { defineMetric } from "../metric";
import { whenRowsLeave, windowDays } from "../windows";

export const eventCount = defineMetric({
  key: "event_count",
  type: "count",
  name: { zh: "行为次数", en: "Event count" },
  definition: {
    zh: "某一类行为（不指定则为全部行为）的次数；设定时间窗口时，只看最近这些个自然日。",
    en: "Events of one kind (all kinds when none is given); with `days`, within the last that many local days.",
  },
  params: z.object({ kind: z.string().min(1).optional(), days: windowDays.optional() }),
  sql: ({ kind, days }, asOf) => {
    const counter = kindCounter(kind);
    const inWindow = days ? sql` FILTER (WHERE ${counter.alias}.day > ${asOf} - ${days}::int)` : sql``;
    return {
      ...counter.source,
      aggregate: sql`coalesce(sum(${counter.count})${inWindow}, 0)::int`,
      absent: sql`0`,
    };
  },
  oracle: (history, { kind, days }, asOf) =>
    upTo(history, asOf).events.filter(
      (e) => (!kind || e.kind === kind) && (!days || e.day > addDays(asOf, -days)),
    ).length,
  nextChange: ({ kind, days }, _thresholds, asOf) =>
    days ? whenRowsLeave(kindCounter(kind), [days], asOf) : undefined,
});
