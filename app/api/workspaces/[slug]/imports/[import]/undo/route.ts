import { z } from "zod";
import { importParams } from "@/lib/importing/console/params";
import { getImport } from "@/lib/importing/console/queries";
import { requestUndo } from "@/lib/importing/console/requests";
import { importRecord } from "@/lib/importing/console/schema";
import { countSourceEvents, findKept } from "@/lib/intake/retract";
import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { AppError } from "@/lib/platform/errors";

export const GET = workspaceRoute({
  summary: "What an undo of the import would take back, and which customers keep what others have used since",
  permission: "data.import",
  params: importParams,
  answer: z.object({
    events: z.number(),
    kept: z.object({ customers: z.number(), shown: z.array(z.string()) }),
  }),
  handle: async ({ access: { workspace, db }, params }) => {
    const { sourceId } = await getImport(db, { workspaceId: workspace.id, importId: params.import });
    if (sourceId === null)
      throw new AppError("conflict", "Nothing was imported", { reason: "nothing_imported" });
    const at = { workspaceId: workspace.id, sourceId };
    const [events, kept] = await Promise.all([countSourceEvents(db, at), findKept(db, at)]);
    return { events, kept };
  },
});

export const POST = workspaceRoute({
  summary: "Takes back everything that came by the import",
  permission: "data.import",
  params: importParams,
  answer: importRecord,
  handle: async ({ access, params, now }) => {
    const at = { workspaceId: access.workspace.id, importId: params.import };
    const record = await requestUndo(access.db, { ...at, actor: actorOf(access), now });
    await ring("import-step", { workspaceId: at.workspaceId });
    return record;
  },
});
