import { createHash } from "node:crypto";
import { z } from "zod";
import { type Db, findRow, type Pool, sql, transaction } from "@/lib/platform/db";

const LONGEST_DELAY_SECONDS = 60;
/** Failures this long ago are forgotten. */
const FORGET_AFTER_MS = 15 * 60_000;

/** Failures that cost nothing: people mistype, and an office shares one address. */
const free = { account: 3, address: 20 } as const;
type Kind = keyof typeof free;

/** Seconds to wait after that many failures: 1, 2, 4 … 60; never a lock for good. */
export const delaySeconds = (failures: number, kind: Kind): number =>
  failures < free[kind] ? 0 : Math.min(LONGEST_DELAY_SECONDS, 2 ** (failures - free[kind]));

/** Who tries: an account by its e-mail, known or not, from an address. */
export interface Attempt {
  email: string;
  address: string;
}

/** Hashed, because people type passwords into the wrong field. */
const keyOf = (kind: Kind, text: string): string =>
  `${kind}:${createHash("sha256").update(text.trim().toLowerCase()).digest("hex")}`;

const failed = z.object({ failures: z.number(), lastAt: z.date() });

/**
 * Counts a failure under the key and answers 0, or counts nothing and answers the seconds to wait. One statement under the
 * lock of its row: however many tries come at once, through however many processes, each sees those before it.
 */
async function countFailure(db: Db, p: { key: string; kind: Kind; now: Date }): Promise<number> {
  const { key, kind, now } = p;
  const forgotten = new Date(now.getTime() - FORGET_AFTER_MS);
  const counted = await findRow(
    db,
    z.object({ failures: z.number() }),
    sql`INSERT INTO sign_in_failure AS f (key, failures, last_at) VALUES (${key}, 1, ${now})
        ON CONFLICT (key) DO UPDATE
          SET failures = CASE WHEN f.last_at <= ${forgotten} THEN 1 ELSE f.failures + 1 END, last_at = greatest(f.last_at, ${now})
          WHERE f.last_at <= ${forgotten} OR f.failures < ${free[kind]}
            OR f.last_at + make_interval(secs => least(${LONGEST_DELAY_SECONDS}, 2 ^ least(f.failures - ${free[kind]}, 10))) <= ${now}
        RETURNING failures`,
  );
  if (counted) return 0;
  const held = await findRow(
    db,
    failed,
    sql`SELECT failures, last_at AS "lastAt" FROM sign_in_failure WHERE key = ${key}`,
  );
  if (!held) return 0;
  // Requests at once reach the row in another order than they came in: the last failure may lie a moment ahead.
  const since = Math.max(0, now.getTime() - held.lastAt.getTime()) / 1000;
  return Math.max(1, Math.ceil(delaySeconds(held.failures, kind) - since));
}

/**
 * Lets a try through, or answers how many seconds it must wait. A try that is let through counts as failed until
 * forgiveAttempt says otherwise: many at once cannot all slip in before the first of them fails.
 */
export async function waitSeconds(pool: Pool, p: Attempt & { now: Date }): Promise<number> {
  const refused = { seconds: 0 };
  try {
    return await transaction(pool, async (db) => {
      // Always in this order, so that two tries never wait for each other.
      for (const [kind, text] of [["account", p.email] as const, ["address", p.address] as const]) {
        refused.seconds = await countFailure(db, { key: keyOf(kind, text), kind, now: p.now });
        if (refused.seconds > 0) throw refused;
      }
      await forgetOld(db, p.now);
      return 0;
    });
  } catch (error) {
    if (error === refused) return refused.seconds;
    throw error;
  }
}

/** The try was right: its account starts afresh, its address only takes back this one try, so that nobody clears it with an account of their own. */
export async function forgiveAttempt(db: Db, p: Attempt): Promise<void> {
  await db.query(sql`DELETE FROM sign_in_failure WHERE key = ${keyOf("account", p.email)}`);
  await db.query(sql`
    UPDATE sign_in_failure SET failures = failures - 1 WHERE key = ${keyOf("address", p.address)} AND failures > 0`);
}

/** Invented accounts do not fill the table: whoever adds a key takes some old ones away. */
async function forgetOld(db: Db, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - FORGET_AFTER_MS);
  await db.query(sql`
    DELETE FROM sign_in_failure WHERE key IN (
      SELECT key FROM sign_in_failure WHERE last_at < ${forgotten} ORDER BY last_at LIMIT 20 FOR UPDATE SKIP LOCKED)`);
}
