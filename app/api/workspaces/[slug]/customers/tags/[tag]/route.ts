import { z } from "zod";
import { changeTag, removeTag } from "@/lib/customers/tags";
import { tag, tagColor, tagName } from "@/lib/customers/tags-schema";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

const params = z.object({ tag: z.coerce.number().int().positive().max(2_147_483_647) });

/** Gives a tag another name or colour. */
export const PATCH = workspaceRoute({
  summary: "Renames or recolours a tag",
  permission: "customers.tag",
  answer: tag,
  params,
  body: z.strictObject({ name: tagName, color: tagColor }),
  handle: ({ access, params: { tag: id }, body, now }) =>
    changeTag(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, id, ...body }),
});

/** Takes a tag away, from everybody who carries it too. */
export const DELETE = workspaceRoute({
  summary: "Removes a tag from the workspace and from its customers",
  permission: "customers.tag",
  answer: z.object({ customers: z.number().int() }),
  params,
  handle: ({ access, params: { tag: id }, now }) =>
    removeTag(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, id }),
});
