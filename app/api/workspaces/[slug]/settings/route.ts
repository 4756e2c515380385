import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { changeSettings } from "@/lib/workspaces/change-settings";
import { getSettings, listHolidays } from "@/lib/workspaces/settings";
import { holiday, settingsValues, workspaceSettings } from "@/lib/workspaces/settings-schema";

export const GET = workspaceRoute({
  summary: "Answers the workspace's settings with their version, and its holidays",
  permission: "stages.read",
  answer: workspaceSettings.extend({ clockAt: z.iso.datetime().nullable(), holidays: z.array(holiday) }),
  handle: async ({ access: { workspace, db } }) => ({
    ...(await getSettings(db, workspace.id)),
    holidays: await listHolidays(db, workspace.id),
  }),
});

export const PUT = workspaceRoute({
  summary: "Writes the workspace's settings; a conflict when somebody changed them since that version",
  permission: "settings.manage",
  body: z.strictObject({ version: z.number().int(), values: settingsValues }),
  example: {
    body: {
      version: 1,
      values: { name: "Tea shop", locale: "zh-CN", timeZone: "Asia/Shanghai", currency: "CNY", weekStart: 1 },
    },
  },
  answer: z.object({ version: z.number().int() }),
  handle: ({ access, body, now }) =>
    changeSettings(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, ...body }),
});
