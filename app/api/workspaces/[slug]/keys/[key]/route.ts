import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { revokeApiKey } from "@/lib/members/api-keys";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** Ends a key from the next request on. */
export const DELETE = workspaceRoute({
  summary: "Ends an API key",
  permission: "keys.manage",
  params: z.object({ key: z.string().max(40) }),
  answer: z.object({ id: z.string() }),
  handle: async ({ access, params: { key: id }, now }) => {
    requireRecentAuth(access, now);
    await revokeApiKey(access.db, { workspaceId: access.workspace.id, id, actor: actorOf(access), now });
    return { id };
  },
});
