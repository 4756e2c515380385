import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { findMapping } from "@/lib/sources/active-mapping";
import { sourceMapping } from "@/lib/sources/mapping";
import { saveMapping } from "@/lib/sources/mutations";
import { getSource } from "@/lib/sources/queries";
import { sourcePath } from "@/lib/sources/schema";

const versioned = z.strictObject({ version: z.number().int().min(0), mapping: sourceMapping });

export const GET = workspaceRoute({
  summary: "How a source's own names become ours, and the version of that mapping",
  permission: "data.read",
  params: sourcePath,
  answer: versioned,
  handle: async ({ access: { workspace, db }, params }) => {
    const p = { workspaceId: workspace.id, sourceId: params.id };
    await getSource(db, p);
    return findMapping(db, p);
  },
});

export const PUT = workspaceRoute({
  summary: "Writes the next version of a source's mapping; a conflict when somebody else wrote one meanwhile",
  permission: "sources.manage",
  params: sourcePath,
  body: versioned,
  answer: z.object({ version: z.number() }),
  handle: ({ access, params, body, now }) =>
    saveMapping(access.db, {
      workspaceId: access.workspace.id,
      sourceId: params.id,
      actor: actorOf(access),
      now,
      ...body,
    }),
});
