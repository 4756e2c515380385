import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { rotateApiKey } from "@/lib/members/api-keys";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** Gives a key a new secret and answers the key, this once; the former secret is good for another 24 hours. */
export const POST = workspaceRoute({
  summary: "Gives an API key a new secret, the former one good for another day",
  permission: "keys.manage",
  params: z.object({ key: z.string().max(40) }),
  answer: z.object({ id: z.string(), key: z.string() }),
  handle: async ({ access, params: { key: id }, now }) => {
    requireRecentAuth(access, now);
    const asked = { workspaceId: access.workspace.id, id, actor: actorOf(access), now };
    return { id, ...(await rotateApiKey(access.db, asked)) };
  },
});
