import { importParams } from "@/lib/importing/console/params";
import { getImport } from "@/lib/importing/console/queries";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { AppError } from "@/lib/platform/errors";

export const GET = workspaceRoute({
  summary: "The mapping of the import as a file the command line takes (--mapping)",
  permission: "data.import",
  params: importParams,
  answer: "application/json",
  handle: async ({ access: { workspace, db }, params }) => {
    const record = await getImport(db, { workspaceId: workspace.id, importId: params.import });
    if (!record.settings)
      throw new AppError("conflict", "The file is not complete", { reason: "wrong_state" });
    const name = `${record.fileName.replace(/\.[^.]*$/, "")}.mapping.json`;
    return new Response(`${JSON.stringify(record.settings.mapping, null, 2)}\n`, {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        "cache-control": "no-store",
      },
    });
  },
});
