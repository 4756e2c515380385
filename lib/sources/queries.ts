import { z } from "zod";
import { type Db, findRow, queryRows, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type Source, source } from "./schema";
import { RHYTHM_DAYS } from "./silence";
import { sourceColumns } from "./sql/source-columns";

/** Every source of the workspace, the live ones first, then by name. */
export const listSources = (db: Db, workspaceId: number): Promise<Source[]> =>
  queryRows(
    db,
    source,
    sql`SELECT ${sourceColumns} FROM source WHERE workspace_id = ${workspaceId}
        ORDER BY revoked_at IS NOT NULL, name`,
  );

/** One source, or NotFoundError. */
export async function getSource(db: Db, p: { workspaceId: number; sourceId: number }): Promise<Source> {
  const found = await findRow(
    db,
    source,
    sql`SELECT ${sourceColumns} FROM source WHERE workspace_id = ${p.workspaceId} AND id = ${p.sourceId}`,
  );
  if (!found) throw new NotFoundError("source", p.sourceId);
  return found;
}

const kindActivity = z.object({
  sourceId: z.number().int(),
  kind: z.number().int(),
  /** Key of a custom kind; null for ours. */
  key: z.string().nullable(),
  events: z.number(),
  duplicates: z.number(),
  links: z.number(),
  known: z.number(),
  valued: z.number(),
  lastAt: z.date(),
});
export type KindActivity = z.infer<typeof kindActivity>;

/** What each source sent of each kind since it was made. */
export const listKindActivity = (
  db: Db,
  p: { workspaceId: number; sourceId?: number },
): Promise<KindActivity[]> =>
  queryRows(
    db,
    kindActivity,
    sql`SELECT a.source_id AS "sourceId", a.kind, k.key, a.events, a.duplicates, a.links, a.known, a.valued, a."lastAt"
        FROM (
          SELECT source_id, kind, sum(events)::bigint AS events, sum(duplicates)::bigint AS duplicates,
            sum(links)::bigint AS links, sum(known)::bigint AS known, sum(valued)::bigint AS valued, max(last_at) AS "lastAt"
          FROM source_activity
          WHERE workspace_id = ${p.workspaceId} AND (${p.sourceId ?? null}::int IS NULL OR source_id = ${p.sourceId ?? null}::int)
          GROUP BY 1, 2
        ) a LEFT JOIN event_kind k ON k.workspace_id = ${p.workspaceId} AND k.id = a.kind
        ORDER BY a.source_id, a.events DESC, a.kind`,
  );

const hourRow = z.object({ sourceId: z.number().int(), hour: z.date(), received: z.number() });

/** What was received in each hour in which anything was, over the RHYTHM_DAYS up to each source's last event. */
export const listActiveHours = (
  db: Db,
  p: { workspaceId: number; sourceId?: number },
): Promise<z.infer<typeof hourRow>[]> =>
  queryRows(
    db,
    hourRow,
    sql`WITH last AS (
          SELECT source_id, max(hour) AS hour FROM source_activity
          WHERE workspace_id = ${p.workspaceId} AND (${p.sourceId ?? null}::int IS NULL OR source_id = ${p.sourceId ?? null}::int)
          GROUP BY 1
        )
        SELECT a.source_id AS "sourceId", a.hour, sum(a.events + a.duplicates + a.links)::bigint AS received
        FROM last JOIN source_activity a ON a.workspace_id = ${p.workspaceId} AND a.source_id = last.source_id
          AND a.hour > last.hour - make_interval(days => ${RHYTHM_DAYS})
        GROUP BY 1, 2 ORDER BY 1, 2`,
  );
