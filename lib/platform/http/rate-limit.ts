import { z } from "zod";
import { type Db, findRow, sql } from "../db";
import { AppError } from "../errors";

/** How many calls in how many seconds; as many at once, then as they come free again. */
export const limits = {
  /** Of one API key, whatever it asks. */
  key: { most: 100, seconds: 60 },
  /** Files of customers, of one member. */
  export: { most: 20, seconds: 3_600 },
  /** Computations over everybody that nobody keeps, of one member. */
  preview: { most: 30, seconds: 60 },
} as const;
export type LimitName = keyof typeof limits;

const row = z.object({ busyUntil: z.date() });

/**
 * Takes a turn, or throws too_many with the seconds to wait. One statement decides, under the lock of its row, so the limit
 * holds for calls at once and over any number of web processes.
 */
export async function takeTurn(db: Db, p: { limit: LimitName; who: string; now: Date }): Promise<void> {
  const { most, seconds } = limits[p.limit];
  const key = `${p.limit}:${p.who}`;
  const turnMs = (seconds * 1000) / most;
  const one = sql`make_interval(secs => ${turnMs / 1000}::float8)`;
  // A turn is free while what was taken before leaves room for one more within the span.
  const latest = new Date(p.now.getTime() + seconds * 1000 - turnMs);
  const taken = await findRow(
    db,
    row,
    sql`INSERT INTO rate_limit AS r (key, busy_until) VALUES (${key}, ${p.now}::timestamptz + ${one})
        ON CONFLICT (key) DO UPDATE SET busy_until = greatest(r.busy_until, ${p.now}) + ${one}
          WHERE r.busy_until <= ${latest}
        RETURNING busy_until AS "busyUntil"`,
  );
  if (taken) return;
  const held = await findRow(
    db,
    row,
    sql`SELECT busy_until AS "busyUntil" FROM rate_limit WHERE key = ${key}`,
  );
  const waitMs = (held?.busyUntil ?? latest).getTime() - latest.getTime();
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  throw new AppError("too_many", `More than ${most} calls in ${seconds} s`, {
    limit: p.limit,
    most,
    seconds,
    retryAfterSeconds,
  });
}
