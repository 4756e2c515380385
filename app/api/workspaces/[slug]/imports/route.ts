import { z } from "zod";
import { listImports } from "@/lib/importing/console/queries";
import { importRecord } from "@/lib/importing/console/schema";
import { beginImport, newImport } from "@/lib/importing/console/upload";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

const PAGE = 50;

export const GET = workspaceRoute({
  summary: "Imports of the workspace, newest first",
  permission: "data.read",
  query: z.object({ before: z.coerce.number().int().positive().optional() }),
  answer: z.object({ imports: z.array(importRecord) }),
  handle: async ({ access: { workspace, db }, query }) => ({
    imports: await listImports(db, { workspaceId: workspace.id, before: query.before, limit: PAGE }),
  }),
});

/** Begins an import; a file that is half here already is gone on with. */
export const POST = workspaceRoute({
  summary: "Begins an import: names the file, its size and its hash, and answers where its pieces go",
  permission: "data.import",
  body: newImport,
  answer: importRecord,
  handle: ({ access, body, now }) =>
    beginImport(access.db, { ...body, workspaceId: access.workspace.id, actor: actorOf(access), now }),
});
