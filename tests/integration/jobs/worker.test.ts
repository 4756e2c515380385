import { spawnSync } from "node:child_process";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeInbox } from "@/lib/intake/inbox";
import { type Pool, sql } from "@/lib/platform/db";
import { checkInvariants } from "@/lib/stages/invariants";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { randomEvents } from "@/tests/support/random-events";
import { type RunningWorker, startWorker } from "@/workers/start-worker";
import { backends, startOutageRedis, type TestBackend } from "./backends";

const log = pino({ level: "silent" });
const clock = () => new Date();

const start = (databaseUrl: string, redisUrl?: string) =>
  startWorker({ databaseUrl, redisUrl, poolSize: 6, clock, log });

interface Workplace {
  workspaceId: number;
  sourceId: number;
}

async function newWorkspace(pool: Pool, slug: string): Promise<Workplace> {
  const now = clock();
  const { id } = await createWorkspace(pool, {
    slug,
    name: slug,
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    now,
  });
  const { sourceId } = await createSource(pool, { workspaceId: id, name: "shop", kind: "import", now });
  return { workspaceId: id, sourceId };
}

const accept = (pool: Pool, at: Workplace, events: number, prefix: string) =>
  writeInbox(
    pool,
    at.workspaceId,
    randomEvents({
      sourceId: at.sourceId,
      customers: 50,
      events,
      days: 90,
      until: clock(),
      seed: events,
      prefix,
    }),
  );

async function storedAndStaged(pool: Pool, workspaceId: number, events: number) {
  const { rows } = await pool.query(sql`
    SELECT (SELECT count(*) FROM event WHERE workspace_id = ${workspaceId}) AS events,
      (SELECT count(*) FROM event_inbox WHERE workspace_id = ${workspaceId})
        + (SELECT count(*) FROM customer_dirty WHERE workspace_id = ${workspaceId}) AS waiting,
      (SELECT count(*) FROM customer WHERE workspace_id = ${workspaceId} AND merged_into IS NULL)
        - (SELECT count(*) FROM customer_stage WHERE workspace_id = ${workspaceId}) AS stageless`);
  const { waiting, stageless } = rows[0];
  return rows[0].events === events && waiting === 0 && stageless === 0;
}

const ready = async (worker: RunningWorker) => {
  const response = await fetch(`http://127.0.0.1:${worker.healthPort}/readyz`);
  return { status: response.status, body: await response.json() };
};

describe.each(backends)("a worker on $kind", ({ kind, start: startBackend }) => {
  let place: TestBackend;
  let database: TestDatabase;
  let worker: RunningWorker;
  let shop: Workplace;

  beforeAll(async () => {
    [place, database] = await Promise.all([startBackend(), testDatabase()]);
    shop = await newWorkspace(database.pool, "shop");
    await accept(database.pool, shop, 600, "first");
    worker = await start(database.url, place.redisUrl);
  });
  afterAll(async () => {
    await worker.close();
    await Promise.all([place.stop(), database.drop()]);
  });

  test("is alive and becomes ready", async () => {
    expect(worker.queueKind).toBe(kind);
    expect((await fetch(`http://127.0.0.1:${worker.healthPort}/healthz`)).status).toBe(200);
    await eventually("ready", async () => (await ready(worker)).status === 200);
    expect((await fetch(`http://127.0.0.1:${worker.healthPort}/metrics`)).status).toBe(404);
  });

  test("finds accepted events nobody rang for, stores them, and gives every customer a stage", async () => {
    const { pool } = database;
    await eventually("stored and staged", () => storedAndStaged(pool, shop.workspaceId, 600));
    // The slots of a workspace that never had one: the night's recompute, the hour's check.
    const slots = await eventually("both slots done", async () => {
      const { rows } = await pool.query<{ kind: string; counts: Record<string, number> }>(
        sql`SELECT kind, counts FROM run WHERE workspace_id = ${shop.workspaceId} AND state = 'succeeded' ORDER BY kind`,
      );
      return rows.length === 2 ? rows : null;
    });
    expect(slots.map((run) => run.kind)).toEqual(["check-invariants", "recompute-full"]);
    expect(Object.keys(slots[0]?.counts ?? {})).toContain("I1");
    const invariants = await checkInvariants(pool, shop.workspaceId);
    expect(invariants.filter((one) => one.violations > 0)).toEqual([]);
  });

  test("stops cleanly, once, while events keep coming, and loses none", async () => {
    const { pool } = database;
    const busy = await newWorkspace(pool, "busy");
    for (let batch = 0; batch < 5; batch++) await accept(pool, busy, 400 + batch, `busy-${batch}`);
    const closing = worker.close();
    expect(worker.close()).toBe(closing);
    await closing;
    await expect(fetch(`http://127.0.0.1:${worker.healthPort}/healthz`)).rejects.toThrow();
    const { rows } = await pool.query(sql`
      SELECT (SELECT count(*) FROM event WHERE workspace_id = ${busy.workspaceId})
        + (SELECT count(*) FROM event_inbox WHERE workspace_id = ${busy.workspaceId}) AS events`);
    expect(rows[0].events).toBe(400 + 401 + 402 + 403 + 404);
    worker = await start(database.url, place.redisUrl);
    await eventually("the next worker goes on", () => storedAndStaged(pool, busy.workspaceId, 2010));
  });
});

test("a worker does all the work while its Redis is away, says so, and rings again when it is back", async () => {
  const [redis, database] = await Promise.all([startOutageRedis(), testDatabase()]);
  const shop = await newWorkspace(database.pool, "shop");
  await redis.down();
  await accept(database.pool, shop, 300, "away");
  const worker = await start(database.url, redis.url);
  await eventually("stored and staged", () => storedAndStaged(database.pool, shop.workspaceId, 300), {
    withinMs: 50_000,
  });
  const away = await ready(worker);
  expect(away.status).toBe(503);
  expect(Object.keys(away.body.problems)).toEqual(["queue"]);
  await redis.up();
  await eventually("ready", async () => (await ready(worker)).status === 200, { withinMs: 45_000 });
  await worker.close();
  await redis.remove();
  await database.drop();
}, 120_000);

describe("a worker refuses to start on", () => {
  test("a Redis that evicts keys", async () => {
    const [redis, database] = await Promise.all([startOutageRedis(), testDatabase()]);
    const { Redis } = await import("ioredis");
    const client = new Redis(redis.url);
    await client.config("SET", "maxmemory-policy", "allkeys-lru");
    client.disconnect();
    await expect(start(database.url, redis.url)).rejects.toThrow("noeviction");
    await redis.remove();
    await database.drop();
  });

  test("a clock that is far from the database's", async () => {
    const database = await testDatabase();
    const ahead = () => new Date(Date.now() + 60_000);
    await expect(startWorker({ databaseUrl: database.url, poolSize: 2, clock: ahead, log })).rejects.toThrow(
      "60 s apart",
    );
    await database.drop();
  });

  test("a database that is not there: the process names it in one line and ends", () => {
    const ended = spawnSync(process.execPath, ["--import", "tsx", "workers/main.ts"], {
      env: { ...process.env, LOG_LEVEL: "info", DATABASE_URL: "postgresql://app@127.0.0.1:1/none" },
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain("worker could not start");
  });
});
