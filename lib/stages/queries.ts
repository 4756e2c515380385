import { z } from "zod";
import { addDays, type Day, day } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type DecidingVersion, stageModelDefinition } from "./schema";

/** A model as recomputation needs it: its versions in the order they came into force. */
export interface DecidingModel {
  modelId: number;
  key: string;
  /** Everybody was last evaluated as of this day, by this version; null before the first time. */
  settledOn: Day | null;
  settledVersion: number | null;
  versions: DecidingVersion[];
}

const versionRow = z.object({
  modelId: z.number(),
  key: z.string(),
  settledOn: day.nullable(),
  settledVersion: z.number().nullable(),
  version: z.number(),
  effectiveOn: day.nullable(),
  definition: stageModelDefinition,
});

/** Models with a published version, each with every version that ever decided, oldest first. */
export async function listDecidingModels(db: Db, workspaceId: number): Promise<DecidingModel[]> {
  const rows = await queryRows(
    db,
    versionRow,
    sql`SELECT m.id AS "modelId", m.key, m.settled_on AS "settledOn",
          m.settled_version AS "settledVersion", v.version, v.effective_on AS "effectiveOn", v.definition
        FROM stage_model m
        JOIN stage_model_version v ON v.workspace_id = m.workspace_id AND v.model_id = m.id
        WHERE m.workspace_id = ${workspaceId} AND v.state IN ('published', 'retired')
          AND EXISTS (SELECT FROM stage_model_version p
                      WHERE p.workspace_id = m.workspace_id AND p.model_id = m.id AND p.state = 'published')
        ORDER BY m.id, v.effective_on NULLS FIRST, v.version`,
  );
  const models = new Map<number, DecidingModel>();
  for (const { modelId, key, settledOn, settledVersion, ...version } of rows) {
    if (!models.has(modelId)) models.set(modelId, { modelId, key, settledOn, settledVersion, versions: [] });
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

/** Where a version comes into force on this very day: the one that decided until then. Null on all other days. */
export function formerOn(model: DecidingModel, on: Day): DecidingVersion | null {
  if (versionOn(model, on).effectiveOn !== on) return null;
  const before = versionOn(model, addDays(on, -1));
  return before.version === versionOn(model, on).version ? null : before;
}

/**
 * The day from which everybody must be looked at again, because a version decides as of `asOf` or decided since that nobody
 * was evaluated by yet; null when there is none, or when nothing was evaluated so far and everybody is marked anyway.
 */
export function newlyInForceOn(model: DecidingModel, asOf: Day): Day | null {
  const { settledOn, settledVersion, versions } = model;
  if (settledOn === null) return null;
  const passed = versions.flatMap((v) => v.effectiveOn ?? []).filter((on) => on > settledOn && on <= asOf);
  if (passed.length > 0) return passed.sort()[0]!;
  const present = versionOn(model, asOf);
  if (present.version === settledVersion) return null;
  return present.effectiveOn !== null && present.effectiveOn < asOf ? present.effectiveOn : asOf;
}

/** The version that decides on a day: the last one in force by then. */
export function versionOn(model: DecidingModel, on: string): DecidingVersion {
  const inForce = model.versions.filter((v) => v.effectiveOn === null || v.effectiveOn <= on);
  return inForce.at(-1) ?? model.versions[0]!;
}
