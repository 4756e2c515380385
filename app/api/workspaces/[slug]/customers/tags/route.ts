import { z } from "zod";
import { createTag, listTagsWithCustomers } from "@/lib/customers/tags";
import { tag, tagColor, tagName, tagWithCustomers } from "@/lib/customers/tags-schema";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** The workspace's tags by name, each with how many customers carry it. */
export const GET = workspaceRoute({
  summary: "The tags of the workspace with their numbers of customers",
  permission: "customers.read",
  answer: z.object({ tags: z.array(tagWithCustomers) }),
  handle: async ({ access: { workspace, db } }) => ({ tags: await listTagsWithCustomers(db, workspace.id) }),
});

/** Adds a tag nobody carries yet. */
export const POST = workspaceRoute({
  summary: "Adds a tag to the workspace",
  permission: "customers.tag",
  answer: tag,
  body: z.strictObject({ name: tagName, color: tagColor }),
  handle: ({ access, body, now }) =>
    createTag(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, ...body }),
});
