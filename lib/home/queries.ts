import { z } from "zod";
import { type Db, findRow, queryRows, sql } from "@/lib/platform/db";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** What waits for a hand in the workspace. */
export const waiting = z.object({
  /** Events that were refused and lie in quarantine. */
  quarantined: z.number().int(),
  /** Pieces of background work under way. */
  running: z.number().int(),
  /** … and those that failed within the last 24 hours. */
  failed: z.number().int(),
});
export type Waiting = z.infer<typeof waiting>;

/** What waits at `now`. */
export async function getWaiting(db: Db, p: { workspaceId: number; now: Date }): Promise<Waiting> {
  const since = new Date(p.now.getTime() - DAY_MS);
  const found = await findRow(
    db,
    waiting,
    sql`SELECT (SELECT count(*) FROM event_quarantine WHERE workspace_id = ${p.workspaceId})::int AS quarantined,
          count(*) FILTER (WHERE state = 'running')::int AS running,
          count(*) FILTER (WHERE state = 'failed' AND started_at > ${since})::int AS failed
        FROM run WHERE workspace_id = ${p.workspaceId}`,
  );
  return found ?? { quarantined: 0, running: 0, failed: 0 };
}

/** The newest run of a kind. */
export const lastRun = z.object({
  kind: z.string(),
  state: z.enum(["running", "succeeded", "failed", "cancelled"]),
  startedAt: z.date(),
});
export type LastRun = z.infer<typeof lastRun>;

/** The newest run of every kind of background work, the latest first. */
export const listLastRuns = (db: Db, workspaceId: number): Promise<LastRun[]> =>
  queryRows(
    db,
    lastRun,
    sql`SELECT kind, state, started_at AS "startedAt" FROM (
          SELECT DISTINCT ON (kind) kind, state, started_at FROM run
          WHERE workspace_id = ${workspaceId} ORDER BY kind, started_at DESC) AS newest
        ORDER BY started_at DESC`,
  );

/** The people of a workspace in numbers. */
export const people = z.object({
  active: z.number().int(),
  suspended: z.number().int(),
  /** Active members who were here within the last hour. */
  here: z.number().int(),
  /** Open invitations that are not past their time. */
  invited: z.number().int(),
});
export type People = z.infer<typeof people>;

/** How many belong to the workspace, are here, are kept out and are awaited at `now`. */
export async function countPeople(db: Db, p: { workspaceId: number; now: Date }): Promise<People> {
  const hourAgo = new Date(p.now.getTime() - HOUR_MS);
  const found = await findRow(
    db,
    people,
    sql`SELECT count(*) FILTER (WHERE suspended_at IS NULL)::int AS active,
          count(*) FILTER (WHERE suspended_at IS NOT NULL)::int AS suspended,
          count(*) FILTER (WHERE suspended_at IS NULL AND seen_at > ${hourAgo})::int AS here,
          (SELECT count(*) FROM invitation WHERE workspace_id = ${p.workspaceId} AND accepted_at IS NULL
             AND revoked_at IS NULL AND expires_at > ${p.now})::int AS invited
        FROM membership WHERE workspace_id = ${p.workspaceId}`,
  );
  return found ?? { active: 0, suspended: 0, here: 0, invited: 0 };
}
