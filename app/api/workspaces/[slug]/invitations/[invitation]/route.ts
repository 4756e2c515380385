import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { revokeInvitation } from "@/lib/members/invitations";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** Takes an invitation back; its link opens nothing from then on. */
export const DELETE = workspaceRoute({
  summary: "Takes an open invitation back",
  permission: "members.manage",
  params: z.object({ invitation: z.uuid() }),
  answer: z.object({ id: z.uuid() }),
  handle: async ({ access, params: { invitation: id }, now }) => {
    requireRecentAuth(access, now);
    const asked = { workspaceId: access.workspace.id, actor: actorOf(access), now };
    await revokeInvitation(access.db, { ...asked, id });
    return { id };
  },
});
