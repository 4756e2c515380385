import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool, type Pool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { errorResponse } from "@/lib/platform/http/error-response";
import { limits, takeTurn } from "@/lib/platform/http/rate-limit";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

let database: TestDatabase;
const processes: Pool[] = [];
beforeAll(async () => {
  database = await testDatabase();
  for (let i = 0; i < 2; i++) processes.push(openPool(database.url, 4, "perennial_web"));
});
afterAll(async () => {
  for (const pool of processes) await pool.end();
  await database.drop();
});

const start = Date.parse("2026-06-30T08:00:00Z");
const at = (seconds: number) => new Date(start + seconds * 1000);
const ask = (who: string, seconds: number, pool = processes[0]!) =>
  takeTurn(pool, { limit: "key", who, now: at(seconds) }).then(
    () => 0,
    (error: AppError) => Number(error.details.retryAfterSeconds),
  );

test("as many calls at once as the limit says, over all processes, and no more", async () => {
  const answers = await Promise.all(Array.from({ length: 150 }, (_, i) => ask("burst", 0, processes[i % 2])));
  expect(answers.filter((wait) => wait === 0)).toHaveLength(limits.key.most);
});

test("whoever waits as long as they were told gets a turn", async () => {
  while ((await ask("patient", 0)) === 0);
  const wait = await ask("patient", 0);
  expect(wait).toBe(1);
  expect(await ask("patient", wait)).toBe(0);
  expect(await ask("patient", 3_600)).toBe(0);
});

test("over any span nobody gets more than the limit of it and one burst", async () => {
  let turns = 0;
  for (let tenth = 0; tenth < 1_200; tenth++) if ((await ask("steady", tenth / 10)) === 0) turns++;
  expect(turns).toBeLessThanOrEqual(3 * limits.key.most);
  expect(turns).toBeGreaterThan(2.9 * limits.key.most);
  expect(await ask("somebody else", 0)).toBe(0);
});

test("the answer says how long, in the reader's language", async () => {
  while ((await ask("reader", 0)) === 0);
  const error = await takeTurn(processes[0]!, { limit: "key", who: "reader", now: at(0) }).catch(
    (one) => one,
  );
  expect(error).toBeInstanceOf(AppError);
  for (const [language, script] of [
    ["en", /^\P{Script=Han}+$/u],
    ["zh-CN", /\p{Script=Han}/u],
  ] as const) {
    const request = new Request("http://console.test/api", { headers: { "accept-language": language } });
    const answer = errorResponse(error, request, "id");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await answer.json()).error.message).toMatch(script);
  }
});
