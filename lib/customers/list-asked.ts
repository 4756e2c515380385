import { type Day, day } from "@/lib/platform/day";
import type { Db } from "@/lib/platform/db";
import { listDay } from "@/lib/stages/customers-filter";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import type { StageModelDefinition } from "@/lib/stages/schema";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";
import { fromStageAsked, type ListParams } from "./list-params";
import type { CustomersAsked } from "./list-schema";

/** Which customers an address or a body names. */
export type ListFilter = Omit<ListParams, "sort" | "cols"> & { ids?: readonly number[] };

/** A filter as statements are asked for it, with the stages the day was judged by. */
export interface ListQuestion {
  asked: CustomersAsked;
  definition: StageModelDefinition;
  /** Stages in which a customer has left. */
  endingStages: string[];
  /** The day of the last recompute: what metrics are as of; null before the first. */
  settledOn: Day | null;
}

/** The question behind a filter: days resolved against the workspace's clock, never one that has not come. */
export async function listQuestion(
  db: Db,
  p: { workspace: Workspace; filter: ListFilter; now: Date },
): Promise<ListQuestion> {
  const { workspace, filter } = p;
  const today = workspaceDay(workspace, p.now);
  const asOf = listDay(filter.asOf, today);
  const model = await getDecidingModel(db, workspace.id);
  const { definition } = versionOn(model, asOf);
  const settledOn = day.nullable().parse(model.settledOn);
  return {
    definition,
    endingStages: definition.stages.filter((stage) => stage.ends).map((stage) => stage.key),
    settledOn,
    asked: {
      workspaceId: workspace.id,
      modelId: model.modelId,
      asOf,
      today,
      metricsOn: settledOn ?? today,
      stageOrder: definition.stages.map((stage) => stage.key),
      stage: filter.stage,
      since: filter.since,
      fromStage: fromStageAsked(filter.fromStage),
      tags: filter.tag,
      rule: filter.rule,
      ids: filter.ids,
    },
  };
}
