import { z } from "zod";
import { importParams } from "@/lib/importing/console/params";
import { CHUNK_BYTES } from "@/lib/importing/console/schema";
import { putChunk } from "@/lib/importing/console/upload";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { AppError } from "@/lib/platform/errors";

/** Takes one piece of the file as raw bytes; sent again it is the same. */
export const PUT = workspaceRoute({
  summary: "Takes piece n of the file: raw bytes, 4 MB but for the last",
  permission: "data.import",
  params: importParams.extend({ n: z.coerce.number().int().min(0) }),
  answer: z.object({ stored: z.literal(true) }),
  handle: async ({ request, access: { workspace, db }, params }) => {
    if (Number(request.headers.get("content-length") ?? 0) > CHUNK_BYTES)
      throw new AppError("too_large", "A piece is at most 4 MB", { limitBytes: CHUNK_BYTES });
    const bytes = Buffer.from(await request.arrayBuffer());
    await putChunk(db, { workspaceId: workspace.id, importId: params.import, n: params.n, bytes });
    return { stored: true };
  },
});
