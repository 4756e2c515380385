import { importParams } from "@/lib/importing/console/params";
import { importRecord } from "@/lib/importing/console/schema";
import { completeUpload } from "@/lib/importing/console/upload";
import { workspaceRoute } from "@/lib/members/workspace-route";

export const POST = workspaceRoute({
  summary:
    "Says that every piece was sent; the file is checked, and its encoding, columns and a first mapping found",
  permission: "data.import",
  params: importParams,
  answer: importRecord,
  handle: ({ access: { workspace, db }, params, now }) =>
    completeUpload(db, { workspaceId: workspace.id, importId: params.import, now }),
});
