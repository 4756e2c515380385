import type { PoolClient } from "pg";
import { z } from "zod";
import { theseCustomers } from "@/lib/metrics/plan";
import type { Day } from "@/lib/platform/day";
import { queryRows, sql } from "@/lib/platform/db";
import { type DecidingModel, versionOn } from "./queries";
import { lockShards, shardOf } from "./shard";
import { settleDaySql } from "./sql/settle-day";

const stageRow = z.object({ customerId: z.number(), stage: z.string() });

/**
 * Settles the day for these customers under one model, inside the caller's transaction, and answers the stage each of
 * them is in. For a question that is taken back: the past of whoever changed is not lived again.
 */
export async function settleCustomers(
  db: PoolClient,
  p: {
    workspaceId: number;
    timeZone: string;
    model: DecidingModel;
    customerIds: number[];
    asOf: Day;
    now: Date;
  },
): Promise<Map<number, string>> {
  const { workspaceId, customerIds, asOf } = p;
  const { modelId } = p.model;
  if (customerIds.length === 0) return new Map();
  await lockShards(db, workspaceId, customerIds.map(shardOf));
  const deciding = versionOn(p.model, asOf);
  await db.query(
    settleDaySql({
      workspaceId,
      timeZone: p.timeZone,
      asOf,
      scope: theseCustomers(customerIds),
      model: deciding.definition,
      modelId,
      version: deciding.version,
      withStandard: false,
      recordedAt: p.now,
    }),
  );
  const rows = await queryRows(
    db,
    stageRow,
    sql`SELECT customer_id AS "customerId", stage FROM customer_stage
        WHERE workspace_id = ${workspaceId} AND model_id = ${modelId} AND customer_id = ANY(${customerIds}::bigint[])`,
  );
  return new Map(rows.map((row) => [row.customerId, row.stage]));
}
