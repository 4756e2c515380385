import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { revokeSource } from "@/lib/sources/mutations";
import { sourcePath } from "@/lib/sources/schema";

export const POST = workspaceRoute({
  summary: "Ends every write key of a source at once and for ever; what it sent stays",
  permission: "sources.manage",
  params: sourcePath,
  answer: z.object({}),
  handle: async ({ access, params, now }) => {
    await revokeSource(access.db, {
      workspaceId: access.workspace.id,
      sourceId: params.id,
      actor: actorOf(access),
      now,
    });
    return {};
  },
});
