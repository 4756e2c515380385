import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { changeView, deleteView } from "@/lib/views/mutations";
import { savedView, viewChange } from "@/lib/views/schema";

const params = z.object({ view: z.uuid() });

/** Changes a view; each field that is left out stays as it is. */
export const PATCH = workspaceRoute({
  summary: "Renames, replaces or shares a view of one's own, or stars any for oneself",
  permission: "views.use",
  params,
  body: viewChange,
  answer: savedView,
  handle: async ({ access, params: { view }, body, now }) =>
    changeView(access.db, {
      workspaceId: access.workspace.id,
      memberId: access.member.id,
      actor: actorOf(access),
      now,
      id: view,
      change: body,
    }),
});

/** Removes a view and answers with what it was, so that it can be made again. */
export const DELETE = workspaceRoute({
  summary: "Removes a view of one's own",
  permission: "views.use",
  params,
  answer: savedView,
  handle: async ({ access: { workspace, member, db }, params: { view } }) =>
    deleteView(db, { workspaceId: workspace.id, memberId: member.id, id: view }),
});
