import { z } from "zod";
import { importParams } from "@/lib/importing/console/params";
import { requestStop } from "@/lib/importing/console/requests";
import { importRecord } from "@/lib/importing/console/schema";
import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

export const POST = workspaceRoute({
  summary: "Stops a dry run or an import; what an import has stored by then is kept or taken back",
  permission: "data.import",
  params: importParams,
  body: z.strictObject({ keeping: z.boolean() }),
  answer: importRecord,
  handle: async ({ access, params, body, now }) => {
    const at = { workspaceId: access.workspace.id, importId: params.import };
    const record = await requestStop(access.db, { ...at, ...body, actor: actorOf(access), now });
    await ring("import-step", { workspaceId: at.workspaceId });
    return record;
  },
});
