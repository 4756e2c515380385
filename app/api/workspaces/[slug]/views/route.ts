import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { createView } from "@/lib/views/mutations";
import { listViews } from "@/lib/views/queries";
import { newView, savedView, viewPage } from "@/lib/views/schema";

/** The views of a page the member may open. */
export const GET = workspaceRoute({
  summary: "The saved views of a page: the member's own and those that are shared",
  permission: "views.use",
  query: z.strictObject({ page: viewPage }),
  answer: z.object({ views: z.array(savedView) }),
  handle: async ({ access: { workspace, member, db }, query: { page } }) => ({
    views: await listViews(db, { workspaceId: workspace.id, memberId: member.id, page }),
  }),
});

/** Saves a view of the member. */
export const POST = workspaceRoute({
  summary: "Saves a view of a page under a name",
  permission: "views.use",
  body: newView,
  answer: savedView,
  handle: async ({ access, body, now }) =>
    createView(access.db, {
      workspaceId: access.workspace.id,
      memberId: access.member.id,
      actor: actorOf(access),
      now,
      ...body,
    }),
});
