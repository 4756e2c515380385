import pino from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { openQueueBackend } from "@/lib/jobs/backend";
import { openJobQueue } from "@/lib/jobs/queue";
import { sql } from "@/lib/platform/db";
import { testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { backends } from "../jobs/backends";
import { endWorkers, startWorkerProcess } from "./worker-process";
import { accept, expectSound, midTransaction, newShop, quiescence } from "./world";

const SLOTS = 60;

afterAll(endWorkers);

describe.concurrent.each(backends)("two workers and two schedulers, queue on $kind", ({ start }) => {
  test("run every slot once; stopped under load they leave nothing half done", async () => {
    const [place, database] = await Promise.all([start(), testDatabase()]);
    const { pool, url: databaseUrl } = database;
    const at = { databaseUrl, redisUrl: place.redisUrl };
    const [one, two] = await Promise.all([openQueueBackend(at), openQueueBackend(at)]);
    const schedulers = [one, two].map((backend) => openJobQueue(backend, pino({ level: "silent" })));
    const shop = await newShop(pool, { slug: "shop", customers: 500, events: 3_000, waves: 3, seed: 4 });
    const { id: workspaceId } = shop.workspace;
    const workers = await Promise.all([startWorkerProcess(at), startWorkerProcess(at)]);

    await accept(pool, shop, 0);
    const slots = Array.from({ length: SLOTS }, (_, hour) =>
      new Date(Date.UTC(2026, 4, 1, hour)).toISOString(),
    );
    for (const slotAt of slots)
      await Promise.all(
        schedulers.map(async (queue) => {
          await queue.ensureSchedule(new Date());
          expect(await queue.ring("check-invariants", { workspaceId, slotAt })).toBe(true);
        }),
      );
    const raw = one.openQueue("intake");
    expect(await raw.getJobSchedulersCount()).toBe(1);
    await raw.close();
    await eventually(
      "every slot run",
      async () => {
        const { rows } = await pool.query(sql`
          SELECT count(*) AS runs FROM schedule_slot s JOIN run r ON r.id = s.run_id
          WHERE s.slot_at = ANY(${slots}::timestamptz[]) AND r.state = 'succeeded'`);
        return rows[0].runs === SLOTS;
      },
      { withinMs: 60_000 },
    );
    const { rows } = await pool.query(sql`
      SELECT count(*) AS runs, max(attempt) AS attempts,
        (SELECT count(*) FROM schedule_slot) AS slots FROM run WHERE kind IN ('check-invariants', 'recompute-full')`);
    expect(rows[0]).toEqual({ runs: rows[0].slots, attempts: 1, slots: rows[0].slots });

    // Deploy: both are asked to stop in the middle of their work, while events keep coming.
    await accept(pool, shop, 1);
    await schedulers[0]!.ring("drain", { workspaceId });
    await midTransaction(pool);
    for (const worker of workers) worker.kill("SIGTERM");
    await accept(pool, shop, 2);
    expect(await Promise.all(workers.map((worker) => worker.exited))).toEqual([0, 0]);
    const faults = workers.flatMap((worker) => worker.lines.filter((line) => line.level >= 50));
    expect(faults).toEqual([]);
    const { rows: left } = await pool.query(sql`SELECT count(*) AS running FROM run WHERE state = 'running'`);
    expect(left[0].running).toBe(0);

    const next = await startWorkerProcess(at);
    await quiescence(pool, [shop]);
    await expectSound(pool, [shop]);
    next.kill("SIGTERM");
    expect(await next.exited).toBe(0);
    await Promise.all(schedulers.map((queue) => queue.close()));
    await Promise.all([one.close(), two.close()]);
    await Promise.all([place.stop(), database.drop()]);
  }, 170_000);
});
