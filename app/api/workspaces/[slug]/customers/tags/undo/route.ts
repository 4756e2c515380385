import { z } from "zod";
import { undoTagging } from "@/lib/customers/tags";
import { tagged } from "@/lib/customers/tags-schema";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** Takes an act of tagging back, within ten minutes. */
export const POST = workspaceRoute({
  summary: "Takes an act of tagging back within ten minutes",
  permission: "customers.tag",
  answer: tagged,
  body: z.strictObject({ act: z.uuid() }),
  handle: ({ access, body: { act }, now }) =>
    undoTagging(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, act }),
});
