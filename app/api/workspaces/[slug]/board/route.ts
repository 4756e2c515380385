import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { eventfulDay } from "@/lib/platform/day";
import { comparedRange, comparisons, type DayRange, resolveRange } from "@/lib/platform/http/day-range";
import { board, getBoard } from "@/lib/stages/board";
import { comparison, getComparison } from "@/lib/stages/comparison";
import { arpuSchema, getArpu } from "@/lib/value/arpu";
import { workspaceDay } from "@/lib/workspaces/schema";

const boardQuery = z
  .strictObject({
    from: eventfulDay.optional(),
    to: eventfulDay.optional(),
    compare: z.enum(comparisons).default("none"),
  })
  .refine((range) => !range.from || !range.to || range.from <= range.to, {
    error: "from is after to",
    path: ["from"],
  });

/**
 * The lifecycle board of a period and its ARPU; both days are of the workspace's zone and included, the last 30 days by default.
 * With `compare`, the stages and the ARPU of the previous period or of the same days a year before stand beside it.
 */
export const GET = workspaceRoute({
  summary: "The lifecycle board of a period: stages, flow, trend and ARPU",
  permission: "stages.read",
  answer: board.extend({
    value: arpuSchema,
    compared: comparison.extend({ value: arpuSchema }).nullable(),
  }),
  query: boardQuery,
  handle: async ({ access: { workspace, db }, query, now }) => {
    const asked = { from: query.from ?? null, to: query.to ?? null };
    const range = resolveRange(asked, workspaceDay(workspace, now));
    const before = comparedRange(range, query.compare);
    const arpuOf = (of: DayRange) => getArpu(db, { workspaceId: workspace.id, ...of });
    const [found, value, compared] = await Promise.all([
      getBoard(db, { workspace, ...range }),
      arpuOf(range),
      before &&
        Promise.all([getComparison(db, { workspace, ...before }), arpuOf(before)]).then(([stages, arpu]) => ({
          ...stages,
          value: arpu,
        })),
    ]);
    return { ...found, value, compared };
  },
});
