import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { renameSource } from "@/lib/sources/mutations";
import { sourceName, sourcePath } from "@/lib/sources/schema";

export const PATCH = workspaceRoute({
  summary: "Gives a source another name",
  permission: "sources.manage",
  params: sourcePath,
  body: z.strictObject({ name: sourceName }),
  answer: z.object({}),
  handle: async ({ access, params, body, now }) => {
    await renameSource(access.db, {
      workspaceId: access.workspace.id,
      sourceId: params.id,
      actor: actorOf(access),
      now,
      ...body,
    });
    return {};
  },
});
