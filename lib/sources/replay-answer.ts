import { z } from "zod";

export const replayCounts = z.object({
  /** Rows looked at: accepted + dropped + refused, less those another replay took first. */
  examined: z.number().int(),
  /** In the inbox now, with the times they had. */
  accepted: z.number().int(),
  /** Removed, because the mapping drops their name on purpose. */
  dropped: z.number().int(),
  /** Still in quarantine, with the reason of today. */
  refused: z.number().int(),
});
export type ReplayCounts = z.infer<typeof replayCounts>;

/** How a replay began: finished already, or as a run. */
export const replayAnswer = z.object({ counts: replayCounts.nullable(), runId: z.number().nullable() });
