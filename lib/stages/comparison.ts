import { z } from "zod";
import { type Day, day } from "@/lib/platform/day";
import type { Db } from "@/lib/platform/db";
import type { Workspace } from "@/lib/workspaces/schema";
import { getDecidingModel, versionOn } from "./queries";
import { customersOf, getStageTrend, trendPoint } from "./stage-trend";

/** The stages of an earlier period, to hold a board against. */
export const comparison = z.object({
  from: day,
  to: day,
  /** At the end of `to`; without any there is nothing to compare with. */
  customers: z.number().int(),
  counts: trendPoint.shape.counts,
  trend: z.array(trendPoint),
});
export type Comparison = z.infer<typeof comparison>;

/** Customers per stage over an earlier period [from, to], in the stages the later one is shown in. */
export async function getComparison(
  db: Db,
  p: { workspace: Workspace; from: Day; to: Day; model?: string },
): Promise<Comparison> {
  const model = await getDecidingModel(db, p.workspace.id, p.model);
  const stages = versionOn(model, p.to).definition.stages.map(({ key }) => key);
  const trend = await getStageTrend(db, {
    workspaceId: p.workspace.id,
    modelId: model.modelId,
    stages,
    from: p.from,
    to: p.to,
  });
  const last = trend.at(-1)!;
  return { from: p.from, to: p.to, customers: customersOf(last), counts: last.counts, trend };
}
