import type { PoolClient } from "pg";
import { z } from "zod";
import { theseCustomers } from "@/lib/metrics/plan";
import { type Day, day } from "@/lib/platform/day";
import { findRow, sql } from "@/lib/platform/db";
import { type DecidingModel, formerOn, versionOn } from "./queries";
import {
  arriveSql,
  createWalkerDaysSql,
  createWalkersSql,
  nextStopSql,
  planWalkSql,
  retractAfterSql,
  startWalkersSql,
  vanishSql,
  walkStepSql,
} from "./sql/walk";

export interface Walk {
  workspaceId: number;
  timeZone: string;
  model: DecidingModel;
  /** Who, and from which local day on, in parallel. */
  customerIds: number[];
  fromDays: Day[];
  to: Day;
  now: Date;
}

const stop = z.object({
  day,
  customerIds: z.array(z.union([z.number(), z.string()])).transform((ids) => ids.map(Number)),
});
const stepRow = z.object({ evaluated: z.number(), transitions: z.number(), retracted: z.number() });
const retractedRow = z.object({ retracted: z.number() });

/**
 * Lives the history of the given customers again, day by day from each one's own first day up to `to`: the log ends up
 * saying what it would have said had every event been known in time. Runs inside the caller's transaction; the caller
 * holds the shard. Days on which nothing can change are skipped.
 */
export async function walk(db: PoolClient, p: Walk): Promise<z.infer<typeof stepRow>> {
  const totals = { evaluated: 0, transitions: 0, retracted: 0 };
  if (p.customerIds.length === 0) return totals;
  const { workspaceId, timeZone, to } = p;
  const modelId = p.model.modelId;
  await db.query(createWalkersSql());
  await db.query(createWalkerDaysSql());
  await db.query(sql`DELETE FROM walker`);
  await db.query(sql`DELETE FROM walker_day`);
  await db.query(startWalkersSql({ workspaceId, modelId, customerIds: p.customerIds, fromDays: p.fromDays }));
  const versionDays = p.model.versions.flatMap((v) => v.effectiveOn ?? []);
  await db.query(planWalkSql({ workspaceId, modelId, to, versionDays }));
  await db.query(sql`ANALYZE walker, walker_day`);

  let after: Day | null = null;
  for (;;) {
    const next: z.infer<typeof stop> | null = await findRow(db, stop, nextStopSql(after, to));
    if (!next) break;
    const deciding = versionOn(p.model, next.day);
    const step = await findRow(
      db,
      stepRow,
      walkStepSql({
        workspaceId,
        timeZone,
        modelId,
        asOf: next.day,
        scope: theseCustomers(next.customerIds),
        customerIds: next.customerIds,
        model: deciding.definition,
        version: deciding.version,
        former: formerOn(p.model, next.day)?.definition,
        settledOn: p.model.settledOn,
        withStandard: false,
        recordedAt: p.now,
      }),
    );
    totals.evaluated += step?.evaluated ?? 0;
    totals.transitions += step?.transitions ?? 0;
    totals.retracted += step?.retracted ?? 0;
    after = next.day;
  }
  const gone = await findRow(
    db,
    retractedRow,
    retractAfterSql({ workspaceId, modelId, to, recordedAt: p.now }),
  );
  totals.retracted += gone?.retracted ?? 0;
  await db.query(arriveSql({ workspaceId, modelId }));
  await db.query(vanishSql({ workspaceId, modelId }));
  return totals;
}
