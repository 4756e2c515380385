import { importParams } from "@/lib/importing/console/params";
import { requestImport } from "@/lib/importing/console/requests";
import { importRecord } from "@/lib/importing/console/schema";
import { ring } from "@/lib/jobs/queue";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";

export const POST = workspaceRoute({
  summary: "Asks for the import of a file whose dry run was looked at",
  permission: "data.import",
  params: importParams,
  answer: importRecord,
  handle: async ({ access, params, now }) => {
    const at = { workspaceId: access.workspace.id, importId: params.import };
    const record = await requestImport(access.db, { ...at, actor: actorOf(access), now });
    await ring("import-step", { workspaceId: at.workspaceId });
    return record;
  },
});
