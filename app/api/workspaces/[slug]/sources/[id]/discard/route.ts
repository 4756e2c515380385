import { z } from "zod";
import { rejectionReason } from "@/lib/intake/rejection";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { discardQuarantined } from "@/lib/sources/mutations";
import { sourcePath } from "@/lib/sources/schema";

export const POST = workspaceRoute({
  summary: "Throws the refused events of a source away, of one reason or all, and answers how many",
  permission: "sources.manage",
  params: sourcePath,
  body: z.strictObject({ reason: rejectionReason.nullable() }),
  answer: z.object({ discarded: z.number() }),
  handle: ({ access, params, body, now }) =>
    discardQuarantined(access.db, {
      workspaceId: access.workspace.id,
      sourceId: params.id,
      actor: actorOf(access),
      now,
      ...body,
    }),
});
