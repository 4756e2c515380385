import type { Clock } from "@/lib/platform/clock";
import { type Pool, sql } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";

/** Leases and days are decided by workers' clocks: further apart than this they would steal each other's work. */
const MOST_SKEW_MS = 5_000;

/** Refuses to start where this machine's clock and the database's differ by more than five seconds. */
export async function assertClocksAgree(pool: Pool, clock: Clock): Promise<void> {
  await pool.query("SELECT 1"); // connecting is no part of the measurement
  const before = clock().getTime();
  const { rows } = await pool.query<{ ms: number }>(
    sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`,
  );
  const skew = Math.abs((rows[0]?.ms ?? 0) - (before + clock().getTime()) / 2);
  if (skew > MOST_SKEW_MS)
    throw new AppError(
      "conflict",
      `This machine's clock and the database's are ${Math.round(skew / 1000)} s apart; let both follow a time server`,
    );
}
