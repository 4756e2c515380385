import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { type Db, findRow, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import { type Role, role } from "@/lib/workspaces/schema";

/** First key of the advisory lock under which the members of a workspace change; the second is the workspace. */
const MEMBERS_LOCK = 734;

/** One change of a workspace's members at a time, until the transaction ends. */
export async function lockMembers(db: Db, workspaceId: number): Promise<void> {
  await db.query(sql`SELECT pg_advisory_xact_lock(${MEMBERS_LOCK}, ${workspaceId})`);
}

/**
 * Refuses who is no longer an active admin. Asked under the lock: of two admins who take each other's role at the same time
 * the second has lost the right by then. Since nobody acts on themselves, an active admin always remains.
 */
export async function requireActiveAdmin(db: Db, p: { workspaceId: number; actor: Actor }): Promise<void> {
  const { rowCount } = await db.query(sql`
    SELECT FROM membership WHERE workspace_id = ${p.workspaceId} AND member_id = ${p.actor.id}
      AND role = 'admin' AND suspended_at IS NULL`);
  if (rowCount === 0)
    throw new AppError("forbidden", "Only an admin changes members", { permission: "members.manage" });
}

export const memberRow = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role,
  joinedAt: z.date(),
  suspendedAt: z.date().nullable(),
  /** Last request in this workspace, to the minute. */
  seenAt: z.date().nullable(),
});
export type MemberRow = z.infer<typeof memberRow>;

const rowsOf = (workspaceId: number) => sql`
  SELECT m.id, m.email, m.name, s.role, s.created_at AS "joinedAt", s.suspended_at AS "suspendedAt", s.seen_at AS "seenAt"
  FROM membership s JOIN member m ON m.id = s.member_id WHERE s.workspace_id = ${workspaceId}`;

/** Everybody who belongs to the workspace, suspended people among them, by name. */
export const listMembers = (db: Db, workspaceId: number): Promise<MemberRow[]> =>
  queryRows(db, memberRow, sql`${rowsOf(workspaceId)} ORDER BY m.name, m.id`);

interface Change {
  workspaceId: number;
  memberId: string;
  actor: Actor;
  now: Date;
}

/** Runs a change of one membership under the lock: by an active admin, and never of their own. */
async function change(
  pool: Pool,
  p: Change,
  apply: (db: Db, before: MemberRow) => Promise<void>,
): Promise<void> {
  if (p.memberId === p.actor.id)
    throw new AppError("forbidden", "Nobody changes their own membership", { reason: "own" });
  await transaction(pool, async (db) => {
    await lockMembers(db, p.workspaceId);
    await requireActiveAdmin(db, p);
    const before = await findRow(db, memberRow, sql`${rowsOf(p.workspaceId)} AND m.id = ${p.memberId}`);
    if (!before) throw new NotFoundError("member", p.memberId);
    await apply(db, before);
  });
}

const one = (p: Change) => sql`workspace_id = ${p.workspaceId} AND member_id = ${p.memberId}`;

/** Gives a member another role. It holds from their next request on; the role they have already changes nothing. */
export const changeRole = (pool: Pool, p: Change & { role: Role }): Promise<void> =>
  change(pool, p, async (db, before) => {
    if (before.role === p.role) return;
    await db.query(sql`UPDATE membership SET role = ${p.role} WHERE ${one(p)}`);
    await appendAudit(db, {
      ...p,
      action: "member.role_changed",
      target: before.email,
      before: { role: before.role },
      after: { role: p.role },
    });
  });

/** Closes the workspace to a member, from their next request on, or opens it again. */
export const setSuspended = (pool: Pool, p: Change & { suspended: boolean }): Promise<void> =>
  change(pool, p, async (db, before) => {
    const was = before.suspendedAt !== null;
    if (was === p.suspended) return;
    await db.query(sql`UPDATE membership SET suspended_at = ${p.suspended ? p.now : null} WHERE ${one(p)}`);
    await appendAudit(db, {
      ...p,
      action: p.suspended ? "member.suspended" : "member.restored",
      target: before.email,
      before: { suspended: was },
      after: { suspended: p.suspended },
    });
  });

/** Takes a member out of the workspace; their account and other workspaces stay. */
export const removeMember = (pool: Pool, p: Change): Promise<void> =>
  change(pool, p, async (db, before) => {
    await db.query(sql`DELETE FROM membership WHERE ${one(p)}`);
    await appendAudit(db, {
      ...p,
      action: "member.removed",
      target: before.email,
      before: { role: before.role },
    });
  });
