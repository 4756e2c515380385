import { importParams } from "@/lib/importing/console/params";
import { requestCheck } from "@/lib/importing/console/requests";
import { importRecord } from "@/lib/importing/console/schema";
import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

export const POST = workspaceRoute({
  summary: "Asks for the dry run: the whole file is judged, and what would change is worked out",
  permission: "data.import",
  params: importParams,
  answer: importRecord,
  handle: async ({ access, params, now }) => {
    const at = { workspaceId: access.workspace.id, importId: params.import };
    const record = await requestCheck(access.db, { ...at, actor: actorOf(access), now });
    await ring("import-step", { workspaceId: at.workspaceId });
    return record;
  },
});
