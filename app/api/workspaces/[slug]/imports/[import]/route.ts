import { z } from "zod";
import { importParams } from "@/lib/importing/console/params";
import { findProgress, getImport, listChunks } from "@/lib/importing/console/queries";
import { discardImport } from "@/lib/importing/console/requests";
import { importRecord, progress } from "@/lib/importing/console/schema";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

/** An import as it is, with the pieces that are here while it is sent, and how far a worker is. */
export const GET = workspaceRoute({
  summary: "One import: its state, results, pieces that have arrived, and progress",
  permission: "data.read",
  params: importParams,
  answer: importRecord.extend({
    chunks: z.array(z.number()),
    progress: progress.nullable(),
    ahead: z.number(),
  }),
  handle: async ({ access: { workspace, db }, params }) => {
    const at = { workspaceId: workspace.id, importId: params.import };
    const record = await getImport(db, at);
    return {
      ...record,
      chunks: record.state === "uploading" ? await listChunks(db, at) : [],
      ...(await findProgress(db, { ...at, runId: record.runId })),
    };
  },
});

export const DELETE = workspaceRoute({
  summary: "Discards an import that has stored nothing, with its file",
  permission: "data.import",
  params: importParams,
  answer: z.object({ discarded: z.literal(true) }),
  handle: async ({ access, params, now }) => {
    const at = { workspaceId: access.workspace.id, importId: params.import };
    await discardImport(access.db, { ...at, actor: actorOf(access), now });
    return { discarded: true };
  },
});
