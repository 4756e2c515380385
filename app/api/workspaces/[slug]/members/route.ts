import { z } from "zod";
import { invitation, listInvitations } from "@/lib/members/invitations";
import { listMembers, memberRow } from "@/lib/members/manage";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** Who belongs to the workspace, and who was invited and has not come yet. */
export const GET = workspaceRoute({
  summary: "The members of the workspace and its open invitations",
  permission: "members.manage",
  answer: z.object({ members: z.array(memberRow), invitations: z.array(invitation) }),
  handle: async ({ access: { workspace, db } }) => {
    const [members, invitations] = await Promise.all([
      listMembers(db, workspace.id),
      listInvitations(db, workspace.id),
    ]);
    return { members, invitations };
  },
});
