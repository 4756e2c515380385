import { z } from "zod";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { healthOf } from "@/lib/sources/health";
import { addHttpSource } from "@/lib/sources/mutations";
import { listActiveHours, listKindActivity, listSources } from "@/lib/sources/queries";
import { source, sourceName } from "@/lib/sources/schema";

const listed = source.extend({
  lastAt: z.date().nullable(),
  isSilent: z.boolean(),
  events: z.number(),
  duplicates: z.number(),
});

export const GET = workspaceRoute({
  summary: "The sources of the workspace with what came from each and whether it fell silent",
  permission: "data.read",
  answer: z.object({ sources: z.array(listed) }),
  handle: async ({ access: { workspace, db }, now }) => {
    const p = { workspaceId: workspace.id };
    const [sources, kinds, hours] = await Promise.all([
      listSources(db, workspace.id),
      listKindActivity(db, p),
      listActiveHours(db, p),
    ]);
    return {
      sources: healthOf(sources, { kinds, hours, now }).map(
        ({ source: one, lastAt, silence, events, duplicates }) => ({
          ...one,
          lastAt,
          isSilent: silence.isSilent,
          events,
          duplicates,
        }),
      ),
    };
  },
});

export const POST = workspaceRoute({
  summary: "Makes a source that takes events over HTTP; its write key is answered once",
  permission: "sources.manage",
  body: z.strictObject({ name: sourceName }),
  answer: z.object({ sourceId: z.number(), writeKey: z.string() }),
  handle: ({ access, body, now }) =>
    addHttpSource(access.db, { workspaceId: access.workspace.id, actor: actorOf(access), now, ...body }),
});
