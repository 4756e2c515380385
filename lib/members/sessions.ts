import { z } from "zod";
import { type Db, findRow, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type Member, member } from "./schema";
import {
  ABSOLUTE_MS,
  type EndReason,
  endReason,
  IDLE_MS,
  MAX_SESSIONS,
  SEEN_EVERY_MS,
  type SessionEnd,
  sessionEnd,
} from "./session-life";

/** Sessions over for longer are forgotten when their member signs in again. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** The session a request belongs to. */
export interface Session {
  id: string;
  /** When the person last proved who they are. */
  confirmedAt: Date;
}

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** Sessions that are not over at `now`, as SQL; the same rule as sessionEnd. */
const isLive = (now: Date) => sql`ended_at IS NULL AND created_at > ${before(now, ABSOLUTE_MS)}
  AND seen_at > ${before(now, IDLE_MS)}`;

/**
 * Opens a session under a new id and answers the id. The session this browser had (`replaces`) ends; of the others the
 * oldest end until at most five are left. One at a time per member, so that the limit holds for sign-ins at once.
 */
export async function openSession(
  pool: Pool,
  p: {
    memberId: string;
    replaces: string | null;
    userAgent: string;
    address: string;
    confirmedAt: Date;
    now: Date;
  },
): Promise<string> {
  const { memberId, now } = p;
  return transaction(pool, async (db) => {
    await db.query(sql`SELECT FROM member WHERE id = ${memberId} FOR UPDATE`);
    if (p.replaces) await endSession(db, { sessionId: p.replaces, reason: "replaced", now });
    await db.query(sql`
      UPDATE session SET ended_at = ${now}, end_reason = 'displaced'
      WHERE id IN (SELECT id FROM session WHERE member_id = ${memberId} AND ${isLive(now)}
                   ORDER BY created_at DESC, id OFFSET ${MAX_SESSIONS - 1})`);
    await db.query(
      sql`DELETE FROM session WHERE member_id = ${memberId} AND created_at < ${before(now, KEPT_MS)}`,
    );
    const { rows } = await db.query(sql`
      INSERT INTO session (member_id, created_at, seen_at, confirmed_at, user_agent, address)
      VALUES (${memberId}, ${now}, ${now}, ${p.confirmedAt}, ${p.userAgent.slice(0, 500)}, ${p.address})
      RETURNING id`);
    return rows[0].id;
  });
}

const found = member.extend({
  sessionId: z.uuid(),
  createdAt: z.date(),
  seenAt: z.date(),
  confirmedAt: z.date(),
  endReason: endReason.nullable(),
});

export type SessionState =
  | { state: "live"; member: Member; session: Session }
  /** It was a session of ours and is over. */
  | { state: "over"; why: SessionEnd };

/** What became of the session the cookie names; null when it is none of ours. A live one is seen by this request. */
export async function seeSession(
  db: Db,
  p: { sessionId: string; memberId: string; now: Date },
): Promise<SessionState | null> {
  const row = await findRow(
    db,
    found,
    sql`SELECT m.id, m.email, m.name, m.locale, s.id AS "sessionId", s.created_at AS "createdAt", s.seen_at AS "seenAt",
          s.confirmed_at AS "confirmedAt", s.end_reason AS "endReason"
        FROM session s JOIN member m ON m.id = s.member_id
        WHERE s.id = ${p.sessionId} AND s.member_id = ${p.memberId}`,
  );
  if (!row) return null;
  const why = sessionEnd(row, p.now);
  if (why) return { state: "over", why };
  const seenBefore = before(p.now, SEEN_EVERY_MS);
  if (row.seenAt <= seenBefore)
    await db.query(
      sql`UPDATE session SET seen_at = ${p.now} WHERE id = ${row.sessionId} AND seen_at <= ${seenBefore}`,
    );
  const { sessionId, createdAt, seenAt, endReason, confirmedAt, ...person } = row;
  return { state: "live", member: person, session: { id: sessionId, confirmedAt } };
}

export const sessionSummary = z.object({
  id: z.uuid(),
  createdAt: z.date(),
  seenAt: z.date(),
  userAgent: z.string(),
  address: z.string(),
});
export type SessionSummary = z.infer<typeof sessionSummary>;

/** The browsers a member is signed in with, the one seen last first. */
export const listSessions = (db: Db, p: { memberId: string; now: Date }): Promise<SessionSummary[]> =>
  queryRows(
    db,
    sessionSummary,
    sql`SELECT id, created_at AS "createdAt", seen_at AS "seenAt", user_agent AS "userAgent", address FROM session
        WHERE member_id = ${p.memberId} AND ${isLive(p.now)} ORDER BY seen_at DESC, created_at DESC, id`,
  );

/** Ends a session, whosever it is; one that is over stays as it ended. */
export async function endSession(
  db: Db,
  p: { sessionId: string; reason: EndReason; now: Date },
): Promise<void> {
  await db.query(
    sql`UPDATE session SET ended_at = ${p.now}, end_reason = ${p.reason} WHERE id = ${p.sessionId} AND ended_at IS NULL`,
  );
}

/** Ends a session of the member; another's is not found. */
export async function revokeSession(
  db: Db,
  p: { memberId: string; sessionId: string; now: Date },
): Promise<void> {
  const { rowCount } = await db.query(sql`
    UPDATE session SET ended_at = coalesce(ended_at, ${p.now}), end_reason = coalesce(end_reason, 'revoked')
    WHERE id = ${p.sessionId} AND member_id = ${p.memberId}`);
  if (rowCount === 0) throw new NotFoundError("session", p.sessionId);
}

/** Ends every session of the member but this one, and answers how many were signed out. */
export async function endOtherSessions(
  db: Db,
  p: { memberId: string; keep: string; reason: EndReason; now: Date },
): Promise<number> {
  const { rowCount } = await db.query(sql`
    UPDATE session SET ended_at = ${p.now}, end_reason = ${p.reason}
    WHERE member_id = ${p.memberId} AND id <> ${p.keep} AND ${isLive(p.now)}`);
  return rowCount ?? 0;
}

/** Remembers that the person proved who they are. */
export async function confirmSession(db: Db, p: { sessionId: string; now: Date }): Promise<void> {
  await db.query(
    sql`UPDATE session SET confirmed_at = ${p.now} WHERE id = ${p.sessionId} AND ended_at IS NULL`,
  );
}
