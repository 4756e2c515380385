import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import pino from "pino";
import { afterAll, expect, test } from "vitest";
import { openQueueBackend } from "@/lib/jobs/backend";
import { openJobQueue } from "@/lib/jobs/queue";
import { testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { randomOf } from "@/tests/support/random-events";
import { startOutageRedis } from "../jobs/backends";
import { endWorkers, lastWords, startWorkerProcess } from "./worker-process";
import { accept, expectSound, newShop, quiescence } from "./world";

afterAll(endWorkers);

const WAVES = 6;

/** Events come in and bells are rung while `hurt` does its worst to Redis after every wave; then all must be well. */
async function throughWaves(
  hurt: (redis: Awaited<ReturnType<typeof startOutageRedis>>, wave: number) => Promise<void>,
) {
  const [redis, database] = await Promise.all([startOutageRedis(), testDatabase()]);
  const { pool, url: databaseUrl } = database;
  const at = { databaseUrl, redisUrl: redis.url };
  const backend = await openQueueBackend(at);
  const queue = openJobQueue(backend, pino({ level: "silent" }));
  const shop = await newShop(pool, { slug: "shop", customers: 800, events: 4_800, waves: WAVES, seed: 3 });
  const random = randomOf(7);
  const worker = await startWorkerProcess(at);
  for (let wave = 0; wave < WAVES; wave++) {
    await accept(pool, shop, wave);
    await queue.ring("drain", { workspaceId: shop.workspace.id });
    await sleep(random() * 600);
    await hurt(redis, wave);
  }
  // Due work is done within 60 s of the last fault, and the schedule stands again.
  await quiescence(pool, [shop], 60_000);
  await eventually(
    "a ready worker with its schedule",
    async () => {
      const answer = await fetch(`http://127.0.0.1:${worker.healthPort}/readyz`);
      if (answer.status === 200) return true;
      throw new Error(`${await answer.text()}\n${lastWords()}`);
    },
    { withinMs: 60_000 },
  );
  // Seen from here too, once this process's own connection has found its way back.
  await eventually(
    "the schedule, asked from another process",
    async () => (await queue.scheduleAgeMs(new Date())) !== null,
  );
  await expectSound(pool, [shop]);
  worker.kill("SIGTERM");
  expect(await worker.exited).toBe(0);
  await queue.close();
  await Promise.all([redis.remove(), database.drop()]);
}

test.concurrent("Redis flushed again and again under load: nothing is lost, the schedule comes back", async () => {
  await throughWaves(async (redis) => {
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
  });
}, 150_000);

test.concurrent("Redis restarted, and away for a while, under load: nothing is lost, the worker lives on", async () => {
  await throughWaves(async (redis, wave) => {
    await redis.down();
    if (wave % 2 === 1) await sleep(1_500);
    await redis.up();
  });
}, 150_000);
