import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { type InboxRow, messageUuid, writeInbox } from "@/lib/intake/inbox";
import { openPool, sql } from "@/lib/platform/db";
import { migrate } from "@/scripts/services/migrate.mjs";
import { startPostgres } from "@/scripts/services/postgres.mjs";
import { throwAwayFolder } from "@/scripts/services/throw-away.mjs";
import { eventually } from "@/tests/support/eventually";
import { endWorkers, startWorkerProcess } from "./worker-process";
import { expectSound, midTransaction, newShop, quiescence } from "./world";

afterAll(endWorkers);

const CRASHES = 3;
const BATCH = 40;

test("Postgres cut off at once and restarted under load: what was accepted is stored, once", async () => {
  const place = throwAwayFolder("test-crash");
  // Durable as in production: an immediate stop loses whatever was not flushed when its commit was answered.
  const start = (port?: number) =>
    startPostgres({ dataDir: path.join(place.folder, "postgres"), port, durable: true });
  let server = await start();
  const { url, port } = server;
  await migrate(url);
  const pool = openPool(url, 6);
  const shop = await newShop(pool, { slug: "shop", customers: 500, events: 4_000, waves: 1, seed: 9 });
  const worker = await startWorkerProcess({ databaseUrl: url });

  const accepted = new Set<string>();
  const rows = shop.waves.flat();
  let resent = 0;
  /** A sender: batch after batch, each repeated until it is answered. */
  const send = async () => {
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch: InboxRow[] = rows.slice(from, from + BATCH);
      await eventually(
        "an answer",
        async () => {
          try {
            await writeInbox(pool, shop.workspace.id, batch);
          } catch (error) {
            resent += 1;
            throw error;
          }
          return true;
        },
        { withinMs: 60_000 },
      );
      for (const row of batch) accepted.add(row.messageId);
    }
  };
  const sending = send();
  for (let crash = 0; crash < CRASHES; crash++) {
    await midTransaction(pool);
    const pidFile = path.join(place.folder, "postgres/data/postmaster.pid");
    process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGQUIT"); // pg_ctl stop -m immediate
    const answered = [...accepted];
    server = await start(port);
    const { rows: kept } = await eventually("a pool that recovered", () =>
      pool.query(sql`
        SELECT count(*) AS lost FROM unnest(${answered}::uuid[]) AS a (message_id)
        WHERE NOT EXISTS (SELECT FROM event e WHERE e.message_id = a.message_id)
          AND NOT EXISTS (SELECT FROM event_inbox i WHERE i.message_id = a.message_id)`),
    );
    expect(kept[0].lost).toBe(0);
  }
  await sending;
  expect(accepted.size).toBe(rows.length);
  expect(accepted).toContain(messageUuid("shop-0"));
  expect(resent).toBeGreaterThan(0);
  await quiescence(pool, [shop]);
  await expectSound(pool, [shop]);
  expect((await fetch(`http://127.0.0.1:${worker.healthPort}/healthz`)).status).toBe(200);
  worker.kill("SIGTERM");
  expect(await worker.exited).toBe(0);
  await pool.end();
  await server.stop();
  place.remove();
}, 170_000);
