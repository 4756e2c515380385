import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { webPool } from "@/lib/platform/http/connections";
import { resolveRange } from "@/lib/platform/http/day-range";
import { getBoard } from "@/lib/stages/board";
import { getArpu } from "@/lib/value/arpu";
import { workspaceDay } from "@/lib/workspaces/schema";

const boardQuery = z
  .strictObject({ from: day.optional(), to: day.optional() })
  .refine((range) => !range.from || !range.to || range.from <= range.to, {
    error: "from is after to",
    path: ["from"],
  });

/** The lifecycle board of a period and its ARPU; both days are of the workspace's zone and included, the last 30 days by default. */
export const GET = workspaceRoute({
  permission: "stages.read",
  query: boardQuery,
  handle: async ({ access: { workspace }, query, now }) => {
    const asked = { from: query.from ?? null, to: query.to ?? null };
    const range = resolveRange(asked, workspaceDay(workspace, now));
    const [board, value] = await Promise.all([
      getBoard(webPool(), { workspace, ...range }),
      getArpu(webPool(), { workspaceId: workspace.id, ...range }),
    ]);
    return { ...board, value };
  },
});
