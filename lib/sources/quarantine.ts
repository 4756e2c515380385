import { z } from "zod";
import { rejectionReason } from "@/lib/intake/rejection";
import { type Db, queryRows, type Sql, sql } from "@/lib/platform/db";

/** Which refused events are meant; part of the address of the page. */
export const quarantineFilter = z.object({
  source: z.coerce.number().int().positive().optional().catch(undefined),
  reason: rejectionReason.optional().catch(undefined),
  /** Received in the last so many days; all of them when absent. */
  days: z.coerce.number().int().min(1).max(365).optional().catch(undefined),
});
export type QuarantineFilter = z.infer<typeof quarantineFilter>;

const reasonCount = z.object({
  sourceId: z.number().int(),
  reason: rejectionReason,
  count: z.number(),
  /** Of the last seven days and of the seven before. */
  week: z.number(),
  weekBefore: z.number(),
  lastAt: z.date(),
});
export type ReasonCount = z.infer<typeof reasonCount>;

const WEEK_MS = 7 * 86_400_000;

function conditions(p: { workspaceId: number; filter: QuarantineFilter; now: Date }): Sql {
  const since = p.filter.days === undefined ? null : new Date(p.now.getTime() - p.filter.days * 86_400_000);
  return sql`workspace_id = ${p.workspaceId}
    AND (${p.filter.source ?? null}::int IS NULL OR source_id = ${p.filter.source ?? null}::int)
    AND (${p.filter.reason ?? null}::text IS NULL OR reason = ${p.filter.reason ?? null}::text)
    AND (${since}::timestamptz IS NULL OR received_at >= ${since}::timestamptz)`;
}

/** Refused events that are still in quarantine, counted by source and reason, most first. */
export const countByReason = (
  db: Db,
  p: { workspaceId: number; filter: QuarantineFilter; now: Date },
): Promise<ReasonCount[]> => {
  const week = new Date(p.now.getTime() - WEEK_MS);
  const weekBefore = new Date(p.now.getTime() - 2 * WEEK_MS);
  return queryRows(
    db,
    reasonCount,
    sql`SELECT source_id AS "sourceId", reason, count(*) AS count,
          count(*) FILTER (WHERE received_at >= ${week}) AS week,
          count(*) FILTER (WHERE received_at >= ${weekBefore} AND received_at < ${week}) AS "weekBefore",
          max(received_at) AS "lastAt"
        FROM event_quarantine WHERE ${conditions(p)}
        GROUP BY 1, 2 ORDER BY count(*) DESC, reason, source_id`,
  );
};

const sample = z.object({
  id: z.number(),
  sourceId: z.number().int(),
  receivedAt: z.date(),
  reason: rejectionReason,
  path: z.string().nullable(),
  detail: z.string().nullable(),
  raw: z.string(),
  canReplay: z.boolean(),
});
export type QuarantineSample = z.infer<typeof sample>;

/** The newest refused events of a filter. */
export const listSamples = (
  db: Db,
  p: { workspaceId: number; filter: QuarantineFilter; now: Date; limit: number },
): Promise<QuarantineSample[]> =>
  queryRows(
    db,
    sample,
    sql`SELECT id, source_id AS "sourceId", received_at AS "receivedAt", reason, path, detail, raw,
          envelope IS NOT NULL AS "canReplay"
        FROM event_quarantine WHERE ${conditions(p)}
        ORDER BY received_at DESC, id DESC LIMIT ${p.limit}`,
  );
