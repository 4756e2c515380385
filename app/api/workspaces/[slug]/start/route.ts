import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { setStartDismissed } from "@/lib/onboarding/mutations";

export const PUT = workspaceRoute({
  summary: "Shows the member the first steps no more, or again",
  permission: "views.use",
  body: z.strictObject({ dismissed: z.boolean() }),
  answer: z.object({}),
  handle: async ({ access: { workspace, member, db }, body, now }) => {
    await setStartDismissed(db, { workspaceId: workspace.id, memberId: member.id, now, ...body });
    return {};
  },
});
