import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const lastActiveOn = defineMetric({
  key: "last_active_on",
  type: "day",
  name: { zh: "最近活跃日", en: "Last active on" },
  definition: {
    zh: "最近一次行为的自然日（不含资料更新）；从未有行为为“无数据”。",
    en: "Local day of the latest event, profile updates excluded; no data when there was none.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`max(d.day) FILTER (WHERE d.events > 0)` }),
  oracle: (history, _params, asOf) =>
    upTo(history, asOf)
      .events.map((e) => e.day)
      .sort()
      .at(-1) ?? null,
});
