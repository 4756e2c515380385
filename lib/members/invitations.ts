import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { hashPassword } from "@/lib/platform/auth/password";
import {
  type Db,
  findRow,
  type Pool,
  queryRows,
  raw,
  sql,
  transaction,
  workspacePool,
} from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import { type Locale, locales } from "@/lib/platform/i18n/locale";
import { type Role, role } from "@/lib/workspaces/schema";
import { lockMembers, requireActiveAdmin } from "./manage";
import { passwordWeakness } from "./new-password";
import type { Member } from "./schema";

/** An invitation that nobody accepts is over after this long. */
export const INVITATION_MS = 7 * 24 * 60 * 60_000;

/** What the database keeps of a link's token: 256 random bits need no slow hash. */
const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

export const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role,
  invitedBy: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
});
export type Invitation = z.infer<typeof invitation>;

const columns = raw(
  `id, email, role, invited_by AS "invitedBy", created_at AS "createdAt", expires_at AS "expiresAt"`,
);

/** Invitations that were neither accepted nor revoked, newest first; those past their time among them. */
export const listInvitations = (db: Db, workspaceId: number): Promise<Invitation[]> =>
  queryRows(
    db,
    invitation,
    sql`SELECT ${columns} FROM invitation
        WHERE workspace_id = ${workspaceId} AND accepted_at IS NULL AND revoked_at IS NULL ORDER BY created_at DESC, id`,
  );

/**
 * Invites an address to a workspace and answers the token of the link, which is known to nobody else from then on. An open
 * invitation of that address is replaced; somebody who belongs to the workspace already is a conflict.
 */
export async function createInvitation(
  pool: Pool,
  p: { workspaceId: number; email: string; role: Role; actor: Actor; now: Date },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const { workspaceId, actor, now } = p;
  const email = p.email.toLowerCase();
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + INVITATION_MS);
  return transaction(pool, async (db) => {
    await lockMembers(db, workspaceId);
    await requireActiveAdmin(db, { workspaceId, actor });
    const { rowCount } = await db.query(sql`
      SELECT FROM membership s JOIN member m ON m.id = s.member_id
      WHERE s.workspace_id = ${workspaceId} AND m.email = ${email}`);
    if (rowCount) throw new AppError("conflict", `${email} belongs to the workspace`, { reason: "member" });
    await db.query(sql`
      UPDATE invitation SET revoked_at = ${now}
      WHERE workspace_id = ${workspaceId} AND email = ${email} AND accepted_at IS NULL AND revoked_at IS NULL`);
    const { rows } = await db.query(sql`
      INSERT INTO invitation (workspace_id, email, role, token_hash, invited_by, created_at, expires_at)
      VALUES (${workspaceId}, ${email}, ${p.role}, ${hashToken(token)}, ${actor.name}, ${now}, ${expiresAt}) RETURNING id`);
    const deed = { action: "invitation.created", target: email, after: { role: p.role } } as const;
    await appendAudit(db, { workspaceId, now, actor, ...deed });
    return { id: rows[0].id, token, expiresAt };
  });
}

/** Takes an invitation back: its link opens nothing from then on. One that is over already is not found. */
export async function revokeInvitation(
  pool: Pool,
  p: { workspaceId: number; id: string; actor: Actor; now: Date },
): Promise<void> {
  const { workspaceId, actor, now } = p;
  await transaction(pool, async (db) => {
    await lockMembers(db, workspaceId);
    await requireActiveAdmin(db, { workspaceId, actor });
    const { rows } = await db.query(sql`
      UPDATE invitation SET revoked_at = ${now}
      WHERE workspace_id = ${workspaceId} AND id = ${p.id} AND accepted_at IS NULL AND revoked_at IS NULL
      RETURNING email, role`);
    if (!rows[0]) throw new NotFoundError("invitation", p.id);
    const deed = {
      action: "invitation.revoked",
      target: rows[0].email,
      before: { role: rows[0].role },
    } as const;
    await appendAudit(db, { workspaceId, now, actor, ...deed });
  });
}

const offer = z.object({
  workspaceId: z.number(),
  id: z.uuid(),
  workspace: z.string(),
  slug: z.string(),
  /** In which newcomers start who have not chosen a language. */
  locale: z.enum(locales),
  email: z.string(),
  role,
  invitedBy: z.string(),
  expiresAt: z.date(),
  /** The address has an account already: it signs in instead of choosing a password. */
  known: z.boolean(),
});
export type Offer = z.infer<typeof offer>;

const offers =
  raw(`SELECT i.workspace_id AS "workspaceId", i.id, w.name AS workspace, w.slug, w.locale, i.email, i.role,
    i.invited_by AS "invitedBy", i.expires_at AS "expiresAt",
    EXISTS (SELECT FROM member m WHERE m.email = i.email) AS known
  FROM invitation i JOIN workspace w ON w.id = i.workspace_id
  WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL`);

/** What the link with that token offers at `now`; null when it is unknown, used, revoked or past its time: all alike. */
export const findOffer = (db: Db, p: { token: string; now: Date }): Promise<Offer | null> =>
  findRow(db, offer, sql`${offers} AND i.token_hash = ${hashToken(p.token)} AND i.expires_at > ${p.now}`);

/** Marks the invitation as accepted; false when somebody else was first. */
async function take(db: Db, { workspaceId, id }: Offer, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(sql`
    UPDATE invitation SET accepted_at = ${now}
    WHERE workspace_id = ${workspaceId} AND id = ${id} AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ${now}`);
  return rowCount === 1;
}

/** Makes the person a member of the workspace in the role they were offered; whoever belongs to it already stays as they are. */
async function join(
  db: Db,
  p: { offer: Offer; member: Pick<Member, "id" | "name">; now: Date },
): Promise<void> {
  const { offer, member, now } = p;
  await db.query(sql`
    INSERT INTO membership (workspace_id, member_id, role, created_at)
    VALUES (${offer.workspaceId}, ${member.id}, ${offer.role}, ${now}) ON CONFLICT (workspace_id, member_id) DO NOTHING`);
  await appendAudit(db, {
    workspaceId: offer.workspaceId,
    now,
    actor: { kind: "member", id: member.id, name: member.name },
    action: "invitation.accepted",
    target: offer.email,
    after: { role: offer.role },
  });
}

/** Creates a member; null when the address has an account. */
async function insertMember(
  db: Db,
  p: { email: string; name: string; passwordHash: string | null; locale: Locale; now: Date },
): Promise<Pick<Member, "id" | "name"> | null> {
  const { rows } = await db.query(sql`
    INSERT INTO member (email, name, password_hash, locale, created_at)
    VALUES (${p.email}, ${p.name}, ${p.passwordHash}, ${p.locale}, ${p.now}) ON CONFLICT (email) DO NOTHING RETURNING id, name`);
  return rows[0] ?? null;
}

const over = () => new NotFoundError("invitation", "of this link");

/**
 * Accepts the invitation of a link, once (the directory finds it, its workspace is then written to alone): as the person who is signed in with that address, or as a new one with a name and
 * a password. Answers the workspace's slug. An address with an account must sign in: `unauthenticated`.
 */
export async function acceptInvitation(
  pool: Pool,
  p: {
    token: string;
    as: Member | { name: string; password: string; locale: Locale | null } | null;
    now: Date;
  },
): Promise<{ slug: string; email: string }> {
  const { token, as, now } = p;
  const found = await findOffer(pool, { token, now });
  if (!found) throw over();
  const { email, slug } = found;
  if (as && "id" in as) {
    if (as.email !== email)
      throw new AppError("forbidden", "The invitation is for another address", { email });
    await transaction(workspacePool(pool, found.workspaceId), async (db) => {
      if (!(await take(db, found, now))) throw over();
      await join(db, { offer: found, member: as, now });
    });
    return { slug, email };
  }
  if (!as || found.known) throw new AppError("unauthenticated", "The address has an account: sign in first");
  const weak = passwordWeakness(as.password);
  if (weak) throw new AppError("bad_input", "The password is weak", { reason: weak });
  const passwordHash = await hashPassword(as.password);
  await transaction(workspacePool(pool, found.workspaceId), async (db) => {
    if (!(await take(db, found, now))) throw over();
    const locale = as.locale ?? found.locale;
    const member = await insertMember(db, { email, name: as.name, locale, passwordHash, now });
    if (!member) throw new AppError("unauthenticated", "The address has an account: sign in first");
    await join(db, { offer: found, member, now });
  });
  return { slug, email };
}

/** Accepts every open invitation of an address somebody else has verified; who has no account gets one without a password. */
export async function acceptInvitationsOf(
  pool: Pool,
  p: { email: string; name: string; now: Date },
): Promise<void> {
  const { email, name, now } = p;
  const open = await queryRows(
    pool,
    offer,
    sql`${offers} AND i.email = ${email} AND i.expires_at > ${now} ORDER BY i.workspace_id`,
  );
  for (const found of open)
    await transaction(workspacePool(pool, found.workspaceId), async (db) => {
      if (!(await take(db, found, now))) return;
      const member =
        (await insertMember(db, { email, name, passwordHash: null, locale: found.locale, now })) ??
        (await findRow(
          db,
          z.object({ id: z.uuid(), name: z.string() }),
          sql`SELECT id, name FROM member WHERE email = ${email}`,
        ));
      if (member) await join(db, { offer: found, member, now });
    });
}
