import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { rotateKey } from "@/lib/sources/mutations";
import { sourcePath } from "@/lib/sources/schema";

export const POST = workspaceRoute({
  summary: "Gives a source a new write key, answered once; the one before is taken for another day",
  permission: "sources.manage",
  params: sourcePath,
  answer: z.object({ writeKey: z.string(), previousUntil: z.date() }),
  handle: ({ access, params, now }) =>
    rotateKey(access.db, {
      workspaceId: access.workspace.id,
      sourceId: params.id,
      actor: actorOf(access),
      now,
    }),
});
