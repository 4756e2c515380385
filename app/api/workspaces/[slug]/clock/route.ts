import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { webPool } from "@/lib/platform/http/connections";
import { advanceClock } from "@/lib/stages/clock";
import { workspaceDay } from "@/lib/workspaces/schema";

/** Sets a standing clock on by whole days and answers when the stages of the new day are true. */
export const POST = workspaceRoute({
  permission: "clock.advance",
  body: z.strictObject({ days: z.number().int().min(1).max(31) }),
  handle: async ({ access: { workspace }, body: { days }, now }) => {
    const moved = await advanceClock(webPool(), { workspaceId: workspace.id, days, now });
    return { asOf: workspaceDay(moved.workspace, now), ...moved.counts };
  },
});
