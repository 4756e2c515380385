import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getImport } from "@/lib/importing/console/queries";
import { requestCheck, requestImport } from "@/lib/importing/console/requests";
import { guessSettings } from "@/lib/importing/console/settings";
import { storedFile } from "@/lib/importing/console/stored-file";
import { beginImport, completeUpload, putChunk } from "@/lib/importing/console/upload";
import { type Pool, sql } from "@/lib/platform/db";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";
import { eventually } from "@/tests/support/eventually";
import { endWorkers, startWorkerProcess } from "./worker-process";
import { midTransaction } from "./world";

const ROWS = 8_000;
const actor = { kind: "member", id: "m", name: "Mei" } as const;

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(async () => {
  await endWorkers();
  for (const database of databases) await database.drop();
});

const csv = () =>
  Buffer.from(
    `order_id,customer_id,time,amount,phone\n${Array.from(
      { length: ROWS },
      (_, i) =>
        `${i},c${i % 900},2026-0${1 + (i % 6)}-1${i % 10} 10:00,${i % 97 === 0 ? "x" : i % 500},p${i % 880}`,
    ).join("\n")}\n`,
  );

const newShop = (pool: Pool): Promise<Workspace> =>
  createWorkspace(pool, {
    slug: "shop",
    name: "Shop",
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    clock: { mode: "fixed", at: new Date("2026-06-30T15:00:00Z") },
    now: new Date(),
  });

async function uploaded(pool: Pool, workspaceId: number): Promise<number> {
  const bytes = csv();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const now = new Date();
  const { id } = await beginImport(pool, {
    workspaceId,
    fileName: "orders.csv",
    bytes: bytes.length,
    sha256,
    actor,
    now,
  });
  await putChunk(pool, { workspaceId, importId: id, n: 0, bytes });
  const record = await completeUpload(pool, { workspaceId, importId: id, now });
  expect(record).toMatchObject({ state: "ready", settings: { content: "orders" } });
  expect(
    await guessSettings(storedFile(pool, { workspaceId, importId: id, ...record }), record.format!),
  ).toEqual(record.settings);
  return id;
}

const reached = (pool: Pool, workspaceId: number, importId: number, state: string) =>
  eventually(
    `the import is ${state}`,
    async () => {
      const record = await getImport(pool, { workspaceId, importId });
      if (record.state === "failed") throw new Error(JSON.stringify(record.error));
      return record.state === state;
    },
    { withinMs: 60_000, everyMs: 100 },
  );

const settled = (pool: Pool) =>
  eventually(
    "stages",
    async () => {
      const { rows } = await pool.query(sql`
        SELECT (SELECT count(*) FROM customer_dirty) + (SELECT count(*) FROM event_inbox) AS waiting`);
      return rows[0].waiting === 0;
    },
    { withinMs: 30_000, everyMs: 100 },
  );

/** What there is of every customer. */
async function lives(pool: Pool) {
  const { rows } = await pool.query(sql`
    SELECT c.display_key, s.stage, s.since_on,
      (SELECT array_agg(e.message_id ORDER BY e.message_id) FROM event e
        WHERE e.workspace_id = c.workspace_id AND e.customer_id = c.customer_id) AS events,
      (SELECT array_agg(i.kind || i.value ORDER BY i.kind || i.value) FROM identity i
        WHERE i.workspace_id = c.workspace_id AND i.customer_id = c.customer_id) AS ids,
      (SELECT array_agg(concat_ws(' ', t.effective_on, t.to_stage) ORDER BY t.effective_on) FROM stage_transition t
        WHERE t.workspace_id = c.workspace_id AND t.customer_id = c.customer_id AND t.retracted_at IS NULL) AS log
    FROM customer c LEFT JOIN customer_stage s ON s.workspace_id = c.workspace_id AND s.customer_id = c.customer_id
    WHERE c.merged_into IS NULL ORDER BY 1`);
  return rows;
}

test("kill -9 in the middle of an import: it goes on as if nothing had been", async () => {
  const [hurt, twin] = databases.map((database) => database.pool) as [Pool, Pool];
  const [shop, same] = [await newShop(hurt), await newShop(twin)];
  const step = (pool: Pool, workspaceId: number, importId: number) => ({
    workspaceId,
    importId,
    actor,
    now: new Date(),
    pool,
  });

  const calm = await startWorkerProcess({ databaseUrl: databases[1]!.url });
  const calmId = await uploaded(twin, same.id);
  await requestCheck(twin, step(twin, same.id, calmId));
  await reached(twin, same.id, calmId, "checked");
  await requestImport(twin, step(twin, same.id, calmId));
  await reached(twin, same.id, calmId, "succeeded");
  await settled(twin);
  calm.kill("SIGTERM");

  const first = await startWorkerProcess({ databaseUrl: databases[0]!.url });
  const id = await uploaded(hurt, shop.id);
  await requestCheck(hurt, step(hurt, shop.id, id));
  await reached(hurt, shop.id, id, "checked");
  await requestImport(hurt, step(hurt, shop.id, id));
  await eventually("the import began to store", async () => {
    const { rows } = await hurt.query(
      sql`SELECT (SELECT count(*) FROM event_inbox) + (SELECT count(*) FROM event) AS n`,
    );
    return rows[0].n > 0;
  });
  await midTransaction(hurt);
  first.kill("SIGKILL");
  expect(await first.exited).toBeNull();
  expect((await getImport(hurt, { workspaceId: shop.id, importId: id })).state).toBe("importing");

  const second = await startWorkerProcess({ databaseUrl: databases[0]!.url });
  await reached(hurt, shop.id, id, "succeeded");
  await settled(hurt);
  expect(await lives(hurt)).toEqual(await lives(twin));
  const [is, should] = [
    await getImport(hurt, { workspaceId: shop.id, importId: id }),
    await getImport(twin, { workspaceId: same.id, importId: calmId }),
  ];
  expect(is.result).toEqual(should.result);
  expect(is.rejects).toBe(should.rejects);
  const { rows } = await hurt.query(sql`SELECT kind, state, attempt FROM run WHERE kind = 'import-load'`);
  expect(rows).toEqual([{ kind: "import-load", state: "succeeded", attempt: 2 }]);

  second.kill("SIGTERM");
  expect(await second.exited).toBe(0);
}, 170_000);
