import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customKindIds } from "@/lib/intake/custom-kinds";
import { openPool, type Pool, transaction, workspacePool } from "@/lib/platform/db";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const now = new Date("2026-06-30T08:00:00Z");
let database: TestDatabase;
let pool: Pool;
let ids: number[];

beforeAll(async () => {
  database = await testDatabase();
  pool = openPool(database.url, 3, "perennial_web");
  ids = [];
  for (const slug of ["a", "b", "c"])
    ids.push(
      (await createWorkspace(database.pool, { slug, name: slug, timeZone: "UTC", currency: "CNY", now })).id,
    );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const SEEN = "SELECT array_agg(id) AS ids FROM workspace";
const seen = async (db: Pick<Pool, "query">): Promise<number[]> => (await db.query(SEEN)).rows[0].ids ?? [];

/** One use of the pool: by whom (null: unbound), how, and how it ends. */
const use = fc.record({
  workspace: fc.option(fc.nat({ max: 2 }), { nil: null }),
  how: fc.constantFrom("query", "transaction", "client"),
  ends: fc.constantFrom("well", "statement fails", "rolled back", "connection lost"),
});

async function run(one: { workspace: number | null; how: string; ends: string }): Promise<number[]> {
  const db = one.workspace === null ? pool : workspacePool(pool, ids[one.workspace]!);
  if (one.how === "query") {
    if (one.ends === "statement fails") await db.query("SELECT 1 / 0").catch(() => {});
    return seen(db);
  }
  if (one.how === "transaction") {
    let found: number[] = [];
    await transaction(db, async (client) => {
      found = await seen(client);
      if (one.ends === "rolled back") throw new Error("rolled back");
      if (one.ends === "statement fails") await client.query("SELECT 1 / 0");
      if (one.ends === "connection lost") await client.query("SELECT pg_terminate_backend(pg_backend_pid())");
    }).catch(() => {});
    return found;
  }
  const client = await db.connect();
  let broken: Error | undefined;
  const found = await seen(client);
  if (one.ends === "connection lost")
    broken = await client.query("SELECT pg_terminate_backend(pg_backend_pid())").then(
      () => undefined,
      (error: Error) => error,
    );
  client.release(broken);
  return found;
}

test("no use of a pooled connection sees what the one before it was bound to, in any interleaving", async () => {
  let uses = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(use, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 }),
      async (lanes) => {
        await Promise.all(
          lanes.map(async (lane) => {
            for (const one of lane) {
              expect(await run(one)).toEqual(one.workspace === null ? [] : [ids[one.workspace]]);
              uses++;
            }
          }),
        );
      },
    ),
    { numRuns: 150 },
  );
  console.log(`pool: ${uses} uses, 0 leaks`);
}, 60_000);

test("a connection is bound once for any number of statements of one workspace", async () => {
  const single = openPool(database.url, 1, "perennial_web");
  try {
    const [a, b] = ids.map((id) => workspacePool(single, id));
    const client = await single.connect();
    const sent: string[] = [];
    const query = client.query.bind(client);
    client.query = ((...args: Parameters<typeof query>) => {
      sent.push(String(args[0]));
      return query(...args);
    }) as typeof client.query;
    client.release();
    for (const db of [a!, a!, a!, b!, b!, single, single]) await db.query("SELECT 1");
    expect(sent.filter((text) => text.includes("app.workspace"))).toHaveLength(3);
    expect(sent).toHaveLength(10);
  } finally {
    await single.end();
  }
});

test("what a process remembers of a pool it remembers of each workspace's view", async () => {
  const [a, b] = ids.map((id) => workspacePool(pool, id));
  expect(workspacePool(pool, ids[0]!)).toBe(a);
  const ask = (db: Pool, workspaceId: number) =>
    customKindIds(db, { workspaceId, keys: ["Watched"], createdAt: now });
  expect([...(await ask(a!, ids[0]!))]).toEqual([["Watched", 100]]);
  expect([...(await ask(b!, ids[1]!))]).toEqual([["Watched", 100]]);
  await expect(a!.end()).rejects.toThrow(/Only the pool itself/);
});

test("a pool that cannot reach the database says so, bound or not, and holds nothing back", async () => {
  const nowhere = openPool("postgresql://nobody@127.0.0.1:1/none", 1);
  await expect(workspacePool(nowhere, 1).query("SELECT 1")).rejects.toThrow();
  await expect(workspacePool(nowhere, 1).connect()).rejects.toThrow();
  await expect(nowhere.query("SELECT 1")).rejects.toThrow();
  await nowhere.end();
});
