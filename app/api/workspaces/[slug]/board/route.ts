import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { resolveRange } from "@/lib/platform/http/day-range";
import { board, getBoard } from "@/lib/stages/board";
import { arpuSchema, getArpu } from "@/lib/value/arpu";
import { workspaceDay } from "@/lib/workspaces/schema";

const boardQuery = z
  .strictObject({ from: day.optional(), to: day.optional() })
  .refine((range) => !range.from || !range.to || range.from <= range.to, {
    error: "from is after to",
    path: ["from"],
  });

/** The lifecycle board of a period and its ARPU; both days are of the workspace's zone and included, the last 30 days by default. */
export const GET = workspaceRoute({
  summary: "The lifecycle board of a period: stages, flow, trend and ARPU",
  permission: "stages.read",
  answer: board.extend({ value: arpuSchema }),
  query: boardQuery,
  handle: async ({ access: { workspace, db }, query, now }) => {
    const asked = { from: query.from ?? null, to: query.to ?? null };
    const range = resolveRange(asked, workspaceDay(workspace, now));
    const [found, value] = await Promise.all([
      getBoard(db, { workspace, ...range }),
      getArpu(db, { workspaceId: workspace.id, ...range }),
    ]);
    return { ...found, value };
  },
});
