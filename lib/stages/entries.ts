import { z } from "zod";
import { type Day, day } from "@/lib/platform/day";
import { type Db, queryRows, sql } from "@/lib/platform/db";

/**
 * A customer entered a stage: what playbooks and webhooks start from. Customer, model, day and stage name it for ever; `seq`
 * is the row of the log it was read from.
 */
export const stageEntry = z.object({
  customerId: z.number(),
  modelId: z.number(),
  seq: z.number(),
  fromStage: z.string().nullable(),
  toStage: z.string(),
  effectiveOn: day,
  cause: z.enum(["event", "clock", "rule_change", "correction"]),
});
export type StageEntry = z.infer<typeof stageEntry>;

/**
 * Hands a consumer the entries since a day that it has not had, each one once: the delivery is recorded in the caller's
 * transaction, so it and the consumer's own effect happen together or not at all. Parallel claims never share an entry.
 * Corrections of the past and rule changes are history, not something that just happened: they start nothing.
 */
export const claimStageEntries = (
  db: Db,
  p: { workspaceId: number; modelId: number; consumer: string; since: Day; limit: number; now: Date },
): Promise<StageEntry[]> =>
  queryRows(
    db,
    stageEntry,
    sql`
      WITH waiting AS (
        SELECT t.customer_id, t.seq, t.effective_on, t.to_stage FROM stage_transition t
        WHERE t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId} AND t.effective_on >= ${p.since}::date
          AND t.retracted_at IS NULL AND t.cause IN ('event', 'clock')
          AND NOT EXISTS (SELECT FROM stage_entry_delivery d WHERE d.workspace_id = t.workspace_id
            AND d.customer_id = t.customer_id AND d.model_id = t.model_id AND d.effective_on = t.effective_on
            AND d.to_stage = t.to_stage AND d.consumer = ${p.consumer})
        ORDER BY t.effective_on, t.customer_id, t.seq LIMIT ${p.limit}
      ), delivered AS (
        INSERT INTO stage_entry_delivery (workspace_id, customer_id, model_id, effective_on, to_stage, consumer, seq, delivered_at)
        SELECT ${p.workspaceId}::int, customer_id, ${p.modelId}::int, effective_on, to_stage, ${p.consumer}, seq,
          ${p.now}::timestamptz
        FROM waiting ORDER BY customer_id, effective_on
        ON CONFLICT DO NOTHING RETURNING customer_id, seq
      )
      SELECT t.customer_id AS "customerId", t.model_id AS "modelId", t.seq, t.from_stage AS "fromStage",
        t.to_stage AS "toStage", t.effective_on AS "effectiveOn", t.cause
      FROM delivered d JOIN stage_transition t ON t.workspace_id = ${p.workspaceId} AND t.model_id = ${p.modelId}
        AND t.customer_id = d.customer_id AND t.seq = d.seq
      ORDER BY t.effective_on, t.customer_id, t.seq`,
  );
