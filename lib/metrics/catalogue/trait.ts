import { z } from "zod";
import { upTo } from "../history";
import { defineMetric } from "../metric";

export const trait = defineMetric({
  key: "trait",
  type: "text",
  name: { zh: "用户特征", en: "Trait" },
  definition: {
    zh: "某一项特征截至当日最近一次的取值，以文本给出；未设置、已清除或为列表/对象时为“无数据”。",
    en: "The latest value of the trait named `key` as of the day, as text; no data when unset, cleared, or a list or object.",
  },
  params: z.object({ key: z.string().min(1).max(200) }),
  sql: ({ key }) => ({ of: "trait", key, pick: "last" }),
  oracle: (history, { key }, asOf) => {
    const statements = upTo(history, asOf)
      .traits.filter((t) => t.key === key)
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    const value = statements.at(-1)?.value ?? null;
    if (value === null) return null;
    return typeof value === "object" ? null : String(value);
  },
});
