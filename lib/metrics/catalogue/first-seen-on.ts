import { z } from "zod";
import { sql } from "@/lib/platform/db";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const firstSeenOn = defineMetric({
  key: "first_seen_on",
  type: "day",
  name: { zh: "首次出现日", en: "First seen on" },
  definition: {
    zh: "第一次有任何记录的自然日（含资料更新）。",
    en: "Local day of the first record of any kind, profile updates included.",
  },
  params: z.object({}),
  sql: () => ({ of: "day", aggregate: sql`min(d.day)` }),
  oracle: (history, _params, asOf) => upTo(history, asOf).seen.sort()[0] ?? null,
});
