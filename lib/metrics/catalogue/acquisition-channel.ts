import { z } from "zod";
import { upTo } from "../history";
import { defineMetric } from "../metric";

/** The trait under which the drain keeps every channel it sees. */
export const CHANNEL_TRAIT = "$channel";

export const acquisitionChannel = defineMetric({
  key: "acquisition_channel",
  type: "text",
  name: { zh: "获客渠道", en: "Acquisition channel" },
  definition: {
    zh: "最早一次带有渠道信息的记录中的渠道（首次触点归因）；从未带渠道为“无数据”。",
    en: "The channel of the earliest record that carried one (first touch); no data when none did.",
  },
  params: z.object({}),
  sql: () => ({ of: "trait", key: CHANNEL_TRAIT, pick: "first" }),
  oracle: (history, _params, asOf) => {
    const touches = upTo(history, asOf)
      .traits.filter((t) => t.key === CHANNEL_TRAIT)
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    return touches.length ? String(touches[0]!.value) : null;
  },
});
