import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { openQueueBackend } from "@/lib/jobs/backend";
import { openJobQueue } from "@/lib/jobs/queue";
import { sql } from "@/lib/platform/db";
import { testDatabase } from "@/tests/support/database";
import { randomOf } from "@/tests/support/random-events";
import { backends } from "../jobs/backends";
import { endWorkers, startWorkerProcess } from "./worker-process";
import { accept, expectSound, midTransaction, newShop, quiescence, type Shop } from "./world";

const KILLS = 4;

afterAll(endWorkers);

describe.concurrent.each(backends)("kill -9 of a worker, queue on $kind", ({ start }) => {
  test("in the middle of drains and recomputes loses nothing and does nothing twice", async () => {
    const [place, database] = await Promise.all([start(), testDatabase()]);
    const { pool, url: databaseUrl } = database;
    const at = { databaseUrl, redisUrl: place.redisUrl };
    const backend = await openQueueBackend(at);
    const queue = openJobQueue(backend, pino({ level: "silent" }));
    const random = randomOf(11);
    const shops: Shop[] = [];

    for (let kill = 0; kill < KILLS; kill++) {
      const worker = await startWorkerProcess(at);
      // A new shop each time: the jobs of the others may still wait for the lock of the worker killed before.
      const shop = await newShop(pool, {
        slug: `shop-${kill}`,
        customers: 600,
        events: 4_000,
        waves: 2,
        seed: kill,
      });
      shops.push(shop);
      const { id: workspaceId } = shop.workspace;
      await accept(pool, shop, 0);
      await queue.ring("drain", { workspaceId });
      await midTransaction(pool);
      await accept(pool, shop, 1);
      const slotAt = new Date(Date.UTC(2026, 5, 1 + kill)).toISOString();
      await queue.ring("recompute-full", { workspaceId, slotAt });
      await sleep(random() * 1_500);
      await midTransaction(pool);
      await sleep(random() * 100);
      worker.kill("SIGKILL");
      expect(await worker.exited).toBeNull();
    }

    const last = await startWorkerProcess(at);
    await quiescence(pool, shops);
    const { rows } = await pool.query(
      sql`SELECT count(*) AS slots FROM schedule_slot WHERE job = 'recompute-full'`,
    );
    expect(rows[0].slots).toBe(KILLS);
    await expectSound(pool, shops);
    last.kill("SIGTERM");
    expect(await last.exited).toBe(0);
    await queue.close();
    await backend.close();
    await Promise.all([place.stop(), database.drop()]);
  }, 170_000);
});
