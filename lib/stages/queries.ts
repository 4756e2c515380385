import { z } from "zod";
import { day } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type DecidingVersion, stageModelDefinition } from "./schema";

/** A model as recomputation needs it: its versions in the order they came into force. */
export interface DecidingModel {
  modelId: number;
  key: string;
  settledOn: string | null;
  versions: DecidingVersion[];
}

const versionRow = z.object({
  modelId: z.number(),
  key: z.string(),
  settledOn: day.nullable(),
  version: z.number(),
  effectiveOn: day.nullable(),
  definition: stageModelDefinition,
});

/** Models with a published version, each with every version that ever decided, oldest first. */
export async function listDecidingModels(db: Db, workspaceId: number): Promise<DecidingModel[]> {
  const rows = await queryRows(
    db,
    versionRow,
    sql`SELECT m.id AS "modelId", m.key, m.settled_on AS "settledOn", v.version, v.effective_on AS "effectiveOn", v.definition
        FROM stage_model m
        JOIN stage_model_version v ON v.workspace_id = m.workspace_id AND v.model_id = m.id
        WHERE m.workspace_id = ${workspaceId} AND v.state IN ('published', 'retired')
          AND EXISTS (SELECT FROM stage_model_version p
                      WHERE p.workspace_id = m.workspace_id AND p.model_id = m.id AND p.state = 'published')
        ORDER BY m.id, v.effective_on NULLS FIRST, v.version`,
  );
  const models = new Map<number, DecidingModel>();
  for (const { modelId, key, settledOn, ...version } of rows) {
    if (!models.has(modelId)) models.set(modelId, { modelId, key, settledOn, versions: [] });
    models.get(modelId)!.versions.push(version);
  }
  return [...models.values()];
}

/** The model of that key, or NotFoundError. */
export async function getDecidingModel(
  db: Db,
  workspaceId: number,
  key = "lifecycle",
): Promise<DecidingModel> {
  const found = (await listDecidingModels(db, workspaceId)).find((model) => model.key === key);
  if (!found) throw new NotFoundError("stage model", key);
  return found;
}

/** The version that decides on a day: the last one in force by then. */
export function versionOn(model: DecidingModel, on: string): DecidingVersion {
  const inForce = model.versions.filter((v) => v.effectiveOn === null || v.effectiveOn <= on);
  return inForce.at(-1) ?? model.versions[0]!;
}
