import { z } from "zod";
import { addDays } from "@/lib/platform/day";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { kindCounter } from "../kind-counter";
import { defineMetric } from "../metric";
import { whenRowsLeave, windowDays } from "../windows";

export const eventChange = defineMetric({
  key: "event_change",
  type: "number",
  name: { zh: "行为次数变化", en: "Change in event count" },
  definition: {
    zh: "时间窗口内（最近若干个自然日）的行为次数，相对之前同样长一段时间的变化比例（-0.6 = 减少 60%）；前一窗口为 0 时为“无数据”。",
    en: "Change of the event count in the last `days` local days against the `days` before (-0.6 = down 60%); no data when the earlier window is empty.",
  },
  params: z.object({ kind: z.string().min(1).optional(), days: windowDays }),
  sql: ({ kind, days }, asOf) => {
    const { alias, count, source } = kindCounter(kind);
    const now = sql`coalesce(sum(${count}) FILTER (WHERE ${alias}.day > ${asOf} - ${days}::int), 0)`;
    const before = sql`sum(${count}) FILTER (WHERE ${alias}.day <= ${asOf} - ${days}::int AND ${alias}.day > ${asOf} - ${2 * days}::int)`;
    return { ...source, aggregate: sql`((${now} - ${before})::float8 / nullif(${before}, 0))` };
  },
  oracle: (history, { kind, days }, asOf) => {
    const events = upTo(history, asOf).events.filter((e) => !kind || e.kind === kind);
    const now = events.filter((e) => e.day > addDays(asOf, -days)).length;
    const before = events.filter((e) => e.day > addDays(asOf, -2 * days)).length - now;
    return before ? (now - before) / before : null;
  },
  nextChange: ({ kind, days }, _thresholds, asOf) => whenRowsLeave(kindCounter(kind), [days, 2 * days], asOf),
});
