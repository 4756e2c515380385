import { hashPassword } from "@/lib/platform/auth/password";
import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { forgiveAttempt, waitSeconds } from "./attempts";
import { passwordWeakness } from "./new-password";
import { hasPassword, verifyPassword } from "./queries";
import type { SignedIn } from "./schema";
import { confirmSession, endOtherSessions } from "./sessions";

interface Claim extends SignedIn {
  password: string;
  address: string;
  now: Date;
}

/** Refuses a wrong password of the signed-in member; a stolen session can guess no faster than the sign-in page. */
async function requirePassword({ pool, prisma }: { pool: Pool; prisma: Prisma }, p: Claim): Promise<void> {
  const { email } = p.member;
  const attempt = { email, address: p.address };
  const seconds = await waitSeconds(pool, { ...attempt, now: p.now });
  if (seconds > 0) throw new AppError("too_many", `Wait ${seconds} s`, { reason: "wait", seconds });
  if (!(await verifyPassword(prisma, { email, password: p.password })))
    throw new AppError("forbidden", "The password is not correct", { reason: "wrong" });
  await forgiveAttempt(pool, attempt);
}

/** Proves again who one is. */
export async function confirmIdentity(connections: { pool: Pool; prisma: Prisma }, p: Claim): Promise<void> {
  await requirePassword(connections, p);
  await confirmSession(connections.pool, { sessionId: p.session.id, now: p.now });
}

/** Sets another password; every other session of the member ends. Answers how many did. */
export async function changePassword(
  connections: { pool: Pool; prisma: Prisma },
  p: Claim & { next: string },
): Promise<number> {
  if (!(await hasPassword(connections.prisma, p.member.id)))
    throw new AppError("conflict", "The account has no password here", { reason: "no_password" });
  await requirePassword(connections, p);
  const weak = passwordWeakness(p.next);
  if (weak) throw new AppError("bad_input", "The new password is weak", { reason: weak });
  const passwordHash = await hashPassword(p.next);
  return transaction(connections.pool, async (db) => {
    await setPassword(db, { memberId: p.member.id, passwordHash });
    await confirmSession(db, { sessionId: p.session.id, now: p.now });
    const own = { memberId: p.member.id, keep: p.session.id };
    return endOtherSessions(db, { ...own, reason: "password_changed", now: p.now });
  });
}

const setPassword = (db: Db, p: { memberId: string; passwordHash: string }) =>
  db.query(sql`UPDATE member SET password_hash = ${p.passwordHash} WHERE id = ${p.memberId}`);
