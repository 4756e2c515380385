import { z } from "zod";
import { refKey } from "@/lib/metrics/catalogue";
import { type CustomerValues, customerValues } from "@/lib/metrics/customer-values";
import { type Day, day } from "@/lib/platform/day";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { metricsOf } from "@/lib/rules/walk";
import { type DecidingModel, versionOn } from "./queries";
import { type DecidingVersion, rulesOf } from "./schema";
import { stageTrace, traceStage } from "./why";

/** Why a customer is in a stage as of a day; null trace: it was not there yet. */
export const why = z.object({
  asOf: day,
  model: z.string(),
  version: z.number().int(),
  effectiveOn: day.nullable(),
  trace: stageTrace.nullable(),
});
export type Why = z.infer<typeof why>;

/** The metrics a version looks at. */
export const metricsOfVersion = (version: DecidingVersion) =>
  metricsOf(rulesOf(version.definition)).map(({ ref }) => ref);

/** The version that decides on the day, held against values of that day; null values: the customer was not there yet. */
export function explainStage(
  model: DecidingModel,
  asOf: Day,
  values: CustomerValues | null,
): Why & { deciding: DecidingVersion } {
  const deciding = versionOn(model, asOf);
  return {
    asOf,
    model: model.key,
    version: deciding.version,
    effectiveOn: deciding.effectiveOn as Day | null,
    trace: values && traceStage(deciding.definition, (ref) => values.get(refKey(ref)) ?? null),
    deciding,
  };
}

/** Why the customer is in its stage as of a day, from values computed with the plan that everybody's stage comes from. */
export async function getWhy(
  db: Db,
  p: { workspaceId: number; model: DecidingModel; customerId: number; asOf: Day },
): Promise<Why & { deciding: DecidingVersion }> {
  const refs = metricsOfVersion(versionOn(p.model, p.asOf));
  const found = await customerValues(db, { ...p, customerIds: [p.customerId], refs });
  return explainStage(p.model, p.asOf, found.get(p.customerId) ?? null);
}

const nameRow = z.object({ name: z.object({ zh: z.string(), en: z.string() }) });

/** A model's name in both languages. */
export async function getModelName(
  db: Db,
  p: { workspaceId: number; modelId: number },
): Promise<z.infer<typeof nameRow>["name"]> {
  const row = await findRow(
    db,
    nameRow,
    sql`SELECT name FROM stage_model WHERE workspace_id = ${p.workspaceId} AND id = ${p.modelId}`,
  );
  if (!row) throw new NotFoundError("stage model", p.modelId);
  return row.name;
}
