import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { addHolidays } from "@/lib/workspaces/change-holidays";
import { holiday, MOST_HOLIDAYS } from "@/lib/workspaces/settings-schema";

export const POST = workspaceRoute({
  summary: "Adds days to the workspace's holiday calendar; a day that is there takes the new name",
  permission: "settings.manage",
  body: z.strictObject({ holidays: z.array(holiday).min(1).max(MOST_HOLIDAYS) }),
  answer: z.object({ added: z.number().int(), renamed: z.number().int() }),
  handle: ({ access, body, now }) =>
    addHolidays(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, ...body }),
});
