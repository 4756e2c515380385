import { z } from "zod";
import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { changeClock } from "@/lib/workspaces/change-settings";
import { clockChoice } from "@/lib/workspaces/settings-schema";

export const PUT = workspaceRoute({
  summary: "Sets how the workspace's clock goes; its stages are recomputed by a worker",
  permission: "settings.manage",
  body: z.strictObject({ version: z.number().int(), clock: clockChoice }),
  answer: z.object({ version: z.number().int(), from: day, to: day }),
  handle: async ({ access, body, now }) => {
    const workspaceId = access.workspace.id;
    const answer = await changeClock(access.db, { workspaceId, actor: actorOf(access), now, ...body });
    // The bell only hurries: a worker looks by itself whether the stages are behind their day.
    void ring("recompute-incremental", { workspaceId });
    return answer;
  },
});
