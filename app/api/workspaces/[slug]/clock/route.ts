import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { advanceClock } from "@/lib/stages/clock";
import { workspaceDay } from "@/lib/workspaces/schema";

/** Sets a standing clock on by whole days and answers when the stages of the new day are true. */
export const POST = workspaceRoute({
  summary: "Sets a standing clock on by whole days and recomputes the stages",
  permission: "clock.advance",
  answer: z.object({ asOf: day, evaluated: z.number(), transitions: z.number(), retracted: z.number() }),
  body: z.strictObject({ days: z.number().int().min(1).max(31) }),
  handle: async ({ access: { workspace, db }, body: { days }, now }) => {
    const moved = await advanceClock(db, { workspaceId: workspace.id, days, now });
    return { asOf: workspaceDay(moved.workspace, now), ...moved.counts };
  },
});
