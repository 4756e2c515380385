import { type Db, sql } from "@/lib/platform/db";

/** Customers of one shard: 32,768 neighbouring ids. One recomputer per shard; flows are counted per shard. */
export const SHARD_BITS = 15;

/** The shard a customer belongs to. */
export const shardOf = (customerId: number): number => Math.floor(customerId / 2 ** SHARD_BITS);

/** First customer id of a shard, and of the next one: a half-open range. */
export const shardRange = (shard: number): [from: number, to: number] => [
  shard * 2 ** SHARD_BITS,
  (shard + 1) * 2 ** SHARD_BITS,
];

/** First key of the advisory lock of a workspace's clock; the second is the workspace. */
const CLOCK_LOCK = 732;

/** Keeps the workspace's clock where it stands until the caller's transaction ends; many may hold it at once. */
export async function holdClock(db: Db, workspaceId: number): Promise<void> {
  await db.query(sql`SELECT pg_advisory_xact_lock_shared(${CLOCK_LOCK}, ${workspaceId})`);
}

/** Lets the caller's transaction move the workspace's clock: nobody is in the middle of settling a day, and nobody begins. */
export async function lockClock(db: Db, workspaceId: number): Promise<void> {
  await db.query(sql`SELECT pg_advisory_xact_lock(${CLOCK_LOCK}, ${workspaceId})`);
}

/** Makes the caller's transaction the only one that writes stages of these shards; taken in ascending order by everybody. */
export async function lockShards(db: Db, workspaceId: number, shards: Iterable<number>): Promise<void> {
  for (const shard of [...new Set(shards)].sort((a, b) => a - b)) {
    await db.query(sql`SELECT pg_advisory_xact_lock((${workspaceId}::bigint << 32) | ${shard}::bigint)`);
  }
}
