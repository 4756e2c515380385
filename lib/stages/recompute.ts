import type { PoolClient } from "pg";
import { z } from "zod";
import { type CustomerScope, customersBetween, theseCustomers } from "@/lib/metrics/plan";
import { type Day, day } from "@/lib/platform/day";
import { type Db, findRow, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { getWorkspace } from "@/lib/workspaces/queries";
import { type DecidingModel, formerOn, listDecidingModels, newlyInForceOn, versionOn } from "./queries";
import { holdClock, lockShards, shardRange } from "./shard";
import { allShardsSql, claimSql, dirtyShardsSql } from "./sql/claim";
import { settleDaySql } from "./sql/settle-day";
import { walk } from "./walk";

export interface Recompute {
  workspaceId: number;
  /**
   * `incremental`: customers whose facts changed or whose time has come, and everyone when a version came into force.
   * `full`: everyone as of the day in any case.
   */
  mode: "incremental" | "full";
  asOf: Day;
  /** Real time, for the record. */
  now: Date;
  /** Asked under each shard's lock, while nobody can move the clock; false ends the run before it writes there, and the model is not called settled. */
  stillWanted?: (db: Db) => Promise<boolean>;
  /** Shards to work on at the same time. */
  lanes?: number;
  onProgress?: (doneShards: number, totalShards: number) => void;
}

export interface RecomputeCounts {
  evaluated: number;
  transitions: number;
  retracted: number;
}

/** Above this many customers of a shard one ordered walk over the whole shard is cheaper than a probe for each. */
const PROBE_LIMIT = 6_000;

/** Up to this many waiting customers shards are settled together: a statement has a price before its first customer. */
const TOGETHER = 2_000;

/** Shards worked on at the same time, a connection each: one core evaluates while the other writes. */
const LANES = 2;

const shardRow = z.object({ shard: z.number() });
const dirtyRow = z.object({ shard: z.number(), waiting: z.number() });
const claimRow = z.object({ customerId: z.number(), fromOn: day });
const settledRow = z.object({ evaluated: z.number(), transitions: z.number(), retracted: z.number() });

interface Work extends Recompute {
  timeZone: string;
  models: DecidingModel[];
}

/** Settles the day for a scope under every model; the standard metrics are written once. */
async function settle(db: PoolClient, p: Work, scope: CustomerScope, counts: RecomputeCounts) {
  for (const [index, model] of p.models.entries()) {
    const deciding = versionOn(model, p.asOf);
    const row = await findRow(
      db,
      settledRow,
      settleDaySql({
        workspaceId: p.workspaceId,
        timeZone: p.timeZone,
        asOf: p.asOf,
        scope,
        model: deciding.definition,
        modelId: model.modelId,
        version: deciding.version,
        withStandard: index === 0,
        former: formerOn(model, p.asOf)?.definition,
        recordedAt: p.now,
      }),
    );
    if (index === 0) counts.evaluated += row?.evaluated ?? 0;
    counts.transitions += row?.transitions ?? 0;
    counts.retracted += row?.retracted ?? 0;
  }
}

/** Dirty shards in the order given, neighbours together while few customers wait in them. */
async function dirtyBatches(pool: Pool, p: Recompute): Promise<number[][]> {
  const batches: { shards: number[]; waiting: number }[] = [];
  for (const { shard, waiting } of await queryRows(pool, dirtyRow, dirtyShardsSql(p))) {
    const last = batches.at(-1);
    if (last && last.waiting + waiting <= TOGETHER) {
      last.shards.push(shard);
      last.waiting += waiting;
    } else batches.push({ shards: [shard], waiting });
  }
  return batches.map(({ shards }) => shards);
}

/** Every shard by itself. */
const allBatches = async (pool: Pool, p: Recompute): Promise<number[][]> =>
  (await queryRows(pool, shardRow, allShardsSql(p))).map(({ shard }) => [shard]);

async function claimAndSettle(db: PoolClient, p: Work, shards: number[], counts: RecomputeCounts) {
  const claimed = await queryRows(
    db,
    claimRow,
    claimSql({ workspaceId: p.workspaceId, asOf: p.asOf, shards }),
  );
  // Whose past is touched lives it again; the others only need today.
  const past = claimed.filter((c) => c.fromOn < p.asOf);
  for (const model of p.models) {
    const walked = await walk(db, {
      workspaceId: p.workspaceId,
      timeZone: p.timeZone,
      model,
      customerIds: past.map((c) => c.customerId),
      fromDays: past.map((c) => c.fromOn),
      to: p.asOf,
      now: p.now,
    });
    counts.transitions += walked.transitions;
    counts.retracted += walked.retracted;
  }
  const ids = claimed.map((c) => c.customerId);
  const isMany = shards.length === 1 && (p.mode === "full" || ids.length > PROBE_LIMIT);
  if (isMany) await settle(db, p, customersBetween(...shardRange(shards[0]!)), counts);
  else if (ids.length > 0) await settle(db, p, theseCustomers(ids), counts);
}

/** Does every piece of work, at most `lanes` at once; after the first failure nothing new begins, and it is thrown. */
async function overLanes<T>(
  work: readonly T[],
  lanes: number,
  doOne: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = [...work];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      await doOne(one).catch((error) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

/**
 * Where a version came into force since everybody was last evaluated, everybody must be: from that day on where it has
 * passed. Answers the mode that takes.
 */
async function modeFor(pool: Pool, p: Recompute, models: DecidingModel[]): Promise<Recompute["mode"]> {
  const [first] = models.flatMap((model) => newlyInForceOn(model, p.asOf) ?? []).sort();
  if (first === undefined) return p.mode;
  if (first < p.asOf)
    await pool.query(sql`
      INSERT INTO customer_dirty (workspace_id, customer_id, day)
      SELECT workspace_id, customer_id, ${first}::date FROM customer_stage WHERE workspace_id = ${p.workspaceId}
      GROUP BY 1, 2`);
  return "full";
}

/**
 * Makes every customer's stage and standard metrics true as of the day. Work goes shard by shard (a few almost clean ones
 * at once), one transaction and one recomputer (advisory lock) each, so a crash loses at most what is under way and its
 * claim comes back. Both modes lead to the same stages; a second run changes nothing.
 */
export async function recompute(pool: Pool, p: Recompute): Promise<RecomputeCounts> {
  const { timeZone } = await getWorkspace(pool, p.workspaceId);
  const models = await listDecidingModels(pool, p.workspaceId);
  const work: Work = { ...p, mode: await modeFor(pool, p, models), timeZone, models };
  const counts: RecomputeCounts = { evaluated: 0, transitions: 0, retracted: 0 };
  const batches = await (work.mode === "full" ? allBatches : dirtyBatches)(pool, p);
  const total = batches.flat().length;

  const isWanted = async (db: Db) => (p.stillWanted ? p.stillWanted(db) : true);
  let done = 0;
  p.onProgress?.(done, total);
  await overLanes(batches, p.lanes ?? LANES, async (shards) => {
    await transaction(pool, async (db) => {
      await lockShards(db, p.workspaceId, shards);
      await holdClock(db, p.workspaceId);
      if (await isWanted(db)) await claimAndSettle(db, work, shards, counts);
    });
    done += shards.length;
    p.onProgress?.(done, total);
  });
  if (!(await isWanted(pool))) return counts;
  for (const model of models) {
    const { version } = versionOn(model, p.asOf);
    await pool.query(sql`
      UPDATE stage_model SET settled_on = ${p.asOf}::date, settled_version = ${version}
      WHERE workspace_id = ${p.workspaceId} AND id = ${model.modelId}
        AND (settled_on, settled_version) IS DISTINCT FROM (${p.asOf}::date, ${version}::int)`);
  }
  return counts;
}

/**
 * Lives the whole history again from the first event: everybody is marked from the first day on, then recomputed. What the
 * log already says rightly stays untouched.
 */
export async function replay(
  pool: Pool,
  p: Pick<Recompute, "workspaceId" | "asOf" | "now" | "onProgress">,
): Promise<RecomputeCounts> {
  await pool.query(sql`
    INSERT INTO customer_dirty (workspace_id, customer_id, day)
    SELECT ${p.workspaceId}::int, customer_id, min(day) FROM customer_day
    WHERE workspace_id = ${p.workspaceId} GROUP BY customer_id`);
  return recompute(pool, { ...p, mode: "incremental" });
}
