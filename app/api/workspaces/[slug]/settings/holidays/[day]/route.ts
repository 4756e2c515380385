import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { removeHoliday } from "@/lib/workspaces/change-holidays";

export const DELETE = workspaceRoute({
  summary: "Takes a day out of the workspace's holiday calendar",
  permission: "settings.manage",
  params: z.object({ day }),
  answer: z.object({}),
  handle: async ({ access, params, now }) => {
    await removeHoliday(access.db, {
      workspaceId: access.workspace.id,
      actor: actorOf(access),
      now,
      day: params.day,
    });
    return {};
  },
});
