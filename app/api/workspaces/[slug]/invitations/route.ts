import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { createInvitation } from "@/lib/members/invitations";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { role } from "@/lib/workspaces/schema";

/** Invites an address and answers the path of the link, which is shown this once. */
export const POST = workspaceRoute({
  summary: "Invites an address to the workspace and answers the link, once",
  permission: "members.manage",
  body: z.strictObject({ email: z.email().max(200), role }),
  answer: z.object({ id: z.uuid(), path: z.string(), expiresAt: z.date() }),
  handle: async ({ access, body, now }) => {
    requireRecentAuth(access, now);
    const asked = { workspaceId: access.workspace.id, actor: actorOf(access), now };
    const { token, ...made } = await createInvitation(access.db, { ...asked, ...body });
    return { ...made, path: `/invite/${token}` };
  },
});
