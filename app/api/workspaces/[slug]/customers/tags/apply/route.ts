import { randomUUID } from "node:crypto";
import { z } from "zod";
import { listQuestion } from "@/lib/customers/list-asked";
import { customersFilterBody } from "@/lib/customers/list-body";
import { tagCustomers } from "@/lib/customers/tags";
import { tagged } from "@/lib/customers/tags-schema";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

const tagIds = z.array(z.number().int().positive()).max(20).default([]);

const tagging = z
  .strictObject({ add: tagIds, remove: tagIds, who: customersFilterBody })
  .refine(({ add, remove }) => add.length + remove.length > 0, { error: "no tag", path: ["add"] })
  .refine(({ add, remove }) => !add.some((id) => remove.includes(id)), {
    error: "a tag cannot be both added and removed",
    path: ["remove"],
  });

/** Puts tags on the customers of a filter and takes others off; `act` names the deed for its undo. */
export const POST = workspaceRoute({
  summary: "Adds tags to the customers of a filter and removes others",
  permission: "customers.tag",
  answer: tagged.extend({ act: z.uuid() }),
  body: tagging,
  example: { body: { add: [1], who: {} } },
  handle: async ({ access, body: { add, remove, who }, now }) => {
    const { workspace, db } = access;
    const { asked } = await listQuestion(db, { workspace, filter: who, now });
    const act = randomUUID();
    const done = await tagCustomers(db, {
      workspaceId: workspace.id,
      actor: actorOf(access),
      now,
      asked,
      filter: { ...who, asOf: asked.asOf },
      act,
      add: [...new Set(add)],
      remove: [...new Set(remove)],
    });
    return { ...done, act };
  },
});
