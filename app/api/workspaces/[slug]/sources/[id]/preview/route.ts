import { z } from "zod";
import { maskJson, maskText } from "@/lib/customers/mask";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { compileMapping, sourceMapping } from "@/lib/sources/mapping";
import { previewMapping } from "@/lib/sources/preview";
import { mappingPreview } from "@/lib/sources/preview-answer";
import { getSource } from "@/lib/sources/queries";
import { sourcePath } from "@/lib/sources/schema";

/** Personal data is covered: a preview is for names and amounts. */
export const POST = workspaceRoute({
  summary: "What a mapping would make of a source's quarantine, without changing anything",
  permission: "data.replay",
  params: sourcePath,
  body: z.strictObject({ mapping: sourceMapping }),
  answer: mappingPreview,
  handle: async ({ access: { workspace, db }, params, body }) => {
    const p = { workspaceId: workspace.id, sourceId: params.id, currency: workspace.currency };
    await getSource(db, p);
    const preview = await previewMapping(db, { ...p, apply: compileMapping(body.mapping) });
    return {
      ...preview,
      samples: preview.samples.map((one) => ({
        ...one,
        customer: one.customer && maskText("id", one.customer),
        props: maskJson("", one.props),
      })),
    };
  },
});
