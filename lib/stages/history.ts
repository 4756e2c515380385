import { z } from "zod";
import { type Day, day, daysBetween } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";

/** One row of the transition log; `retractedAt` is set when history turned out otherwise. */
export const loggedTransition = z.object({
  seq: z.number().int(),
  effectiveOn: day,
  effectiveAt: z.date(),
  fromStage: z.string().nullable(),
  toStage: z.string(),
  cause: z.enum(["event", "clock", "rule_change", "correction"]),
  version: z.number().int(),
  /** The values the rules saw, by metric. */
  evidence: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  recordedAt: z.date(),
  retractedAt: z.date().nullable(),
});
export type LoggedTransition = z.infer<typeof loggedTransition>;

/** Everything the log ever said of a customer under a model, in the order of the days it speaks of. */
export const listTransitions = (
  db: Db,
  p: { workspaceId: number; modelId: number; customerId: number },
): Promise<LoggedTransition[]> =>
  queryRows(
    db,
    loggedTransition,
    sql`SELECT seq, effective_on AS "effectiveOn", effective_at AS "effectiveAt", from_stage AS "fromStage",
          to_stage AS "toStage", cause, version, evidence, recorded_at AS "recordedAt", retracted_at AS "retractedAt"
        FROM stage_transition
        WHERE workspace_id = ${p.workspaceId} AND customer_id = ${p.customerId} AND model_id = ${p.modelId}
        ORDER BY effective_on, seq`,
  );

/** What the log holds true now. */
export const liveTransitions = (log: readonly LoggedTransition[]): LoggedTransition[] =>
  log.filter((one) => one.retractedAt === null);

/** The row that gives the stage of a day; null before the customer appears. `live` is in the order of days. */
export const standingOn = (live: readonly LoggedTransition[], on: Day): LoggedTransition | null =>
  live.findLast((one) => one.effectiveOn <= on) ?? null;

/** Days in one stage: [from, to), the last one up to the end of `until`. */
export interface StageSpan {
  stage: string;
  from: Day;
  /** First day of the next stage; null: still in it. */
  to: Day | null;
  days: number;
}

/** The stages a customer has been through up to a day, without gap or overlap. `live` is in the order of days. */
export function stageSpans(live: readonly LoggedTransition[], until: Day): StageSpan[] {
  const known = live.filter((one) => one.effectiveOn <= until);
  return known.map((one, i) => {
    const next = known[i + 1]?.effectiveOn ?? null;
    return {
      stage: one.toStage,
      from: one.effectiveOn,
      to: next,
      days: next ? daysBetween(one.effectiveOn, next) : daysBetween(one.effectiveOn, until) + 1,
    };
  });
}
