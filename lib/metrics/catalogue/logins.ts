import { z } from "zod";
import { defineMetric } from "../metric";
import { windowDays } from "../windows";
import { eventCount } from "./event-count";

/** Logins have a name of their own because operators ask for them by it; the count is event_count of kind "login". */
export const logins = defineMetric({
  key: "logins",
  type: "count",
  name: { zh: "登录次数", en: "Logins" },
  definition: {
    zh: "登录次数；设定时间窗口时，只看最近这些个自然日。",
    en: "Logins; with `days`, within the last that many local days.",
  },
  params: z.object({ days: windowDays.optional() }),
  sql: ({ days }, asOf) => eventCount.sql({ kind: "login", days }, asOf),
  oracle: (history, { days }, asOf) => eventCount.oracle(history, { kind: "login", days }, asOf),
  nextChange: ({ days }, thresholds, asOf) =>
    eventCount.nextChange!({ kind: "login", days }, thresholds, asOf),
});
