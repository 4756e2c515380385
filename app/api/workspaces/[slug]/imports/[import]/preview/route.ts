import { z } from "zod";
import { importParams } from "@/lib/importing/console/params";
import { previewImport } from "@/lib/importing/console/preview";
import { previewRow } from "@/lib/importing/console/preview-row";
import { getImport } from "@/lib/importing/console/queries";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { AppError } from "@/lib/platform/errors";

export const GET = workspaceRoute({
  summary: "The first 20 rows of the file as they would be understood",
  limit: "preview",
  permission: "data.import",
  params: importParams,
  answer: z.object({ rows: z.array(previewRow) }),
  handle: async ({ access: { workspace, db }, params, now }) => {
    const record = await getImport(db, { workspaceId: workspace.id, importId: params.import });
    const { format, settings, fileName, bytes } = record;
    if (!format || !settings)
      throw new AppError("conflict", "The file is not complete", { reason: "wrong_state" });
    const rows = await previewImport(db, {
      workspace,
      importId: record.id,
      fileName,
      bytes,
      format,
      settings,
      now,
    });
    return { rows };
  },
});
