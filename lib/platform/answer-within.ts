import { type Db, type Pool, sql, transaction } from "./db";

/** Longest a question may keep its reader waiting, in milliseconds. */
export const ANSWER_MS = 5_000;

/** What Postgres says of a statement that ran into its timeout. */
const QUERY_CANCELED = "57014";

/** The answer of `work`, or "too_slow" when one of its statements takes longer than allowed. */
export async function answerWithin<T>(
  pool: Pool,
  work: (db: Db) => Promise<T>,
  milliseconds = ANSWER_MS,
): Promise<T | "too_slow"> {
  try {
    return await transaction(pool, async (db) => {
      await db.query(sql`SELECT set_config('statement_timeout', ${String(milliseconds)}, true)`);
      return work(db);
    });
  } catch (error) {
    if ((error as { code?: unknown }).code === QUERY_CANCELED) return "too_slow";
    throw error;
  }
}
