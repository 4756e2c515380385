import { afterAll, beforeAll, expect, test } from "vitest";
import { delaySeconds, forgiveAttempt, waitSeconds } from "@/lib/members/attempts";
import { openPool, type Pool } from "@/lib/platform/db";
import { later, NOW, openWorld, type World } from "./people";

let world: World;
let otherProcess: Pool;
beforeAll(async () => {
  world = await openWorld();
  otherProcess = openPool(world.url, 10);
});
afterAll(async () => {
  await otherProcess.end();
  await world.drop();
});

let count = 0;
/** An account and an address nobody has tried yet. */
const stranger = () => ({ email: `try${count++}@shop.test`, address: `10.0.0.${count}` });
const seconds = (n: number) => later(n / 60);

test("delays grow from nothing to a minute and no further", () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 4_000].map((failures) =>
    delaySeconds(failures, "account"),
  );
  expect(delays).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect([0, 19, 20, 21, 26, 4_000].map((failures) => delaySeconds(failures, "address"))).toEqual([
    0, 0, 1, 2, 60, 60,
  ]);
});

test("the stored delay is the one that is said: whoever waits it is let through, whoever waits less is not", async () => {
  const who = stranger();
  let at = 0;
  for (let failures = 0; failures < 14; failures++) {
    const delay = delaySeconds(failures, "account");
    if (delay > 0) {
      expect(await waitSeconds(world.pool, { ...who, now: seconds(at) })).toBe(delay);
      expect(await waitSeconds(world.pool, { ...who, now: seconds(at + delay - 0.5) })).toBe(1);
    }
    at += delay;
    expect(await waitSeconds(world.pool, { ...who, now: seconds(at) })).toBe(0);
  }
});

test("of fifty tries at once, through two processes, three get through", async () => {
  const who = stranger();
  const waits = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      waitSeconds(i % 2 ? world.pool : otherProcess, { ...who, now: NOW }),
    ),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
  expect(Math.max(...waits)).toBe(1);
});

test("fifty accounts tried at once from one address: twenty get through", async () => {
  const address = "10.9.9.9";
  const waits = await Promise.all(
    Array.from({ length: 50 }, () => waitSeconds(world.pool, { ...stranger(), address, now: NOW })),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
});

test("a try the address must wait for is not held against the account", async () => {
  const address = "10.9.9.8";
  for (let i = 0; i < 20; i++) await waitSeconds(world.pool, { ...stranger(), address, now: NOW });
  const who = { ...stranger(), address };
  for (let i = 0; i < 9; i++) expect(await waitSeconds(world.pool, { ...who, now: NOW })).toBe(1);
  expect(await waitSeconds(world.pool, { ...who, address: "10.9.9.7", now: NOW })).toBe(0);
});

test("success and a quiet quarter of an hour both forget; an own account does not clear an address", async () => {
  const who = stranger();
  for (let i = 0; i < 3; i++) await waitSeconds(world.pool, { ...who, now: NOW });
  expect(await waitSeconds(world.pool, { ...who, now: NOW })).toBe(1);
  expect(await waitSeconds(world.pool, { ...who, now: later(15) })).toBe(0);

  const address = "10.9.9.6";
  const own = { ...stranger(), address };
  for (let i = 0; i < 60; i++) {
    if (i % 2) await waitSeconds(world.pool, { ...stranger(), address, now: NOW });
    else if ((await waitSeconds(world.pool, { ...own, now: NOW })) === 0)
      await forgiveAttempt(world.pool, own);
  }
  expect(await waitSeconds(world.pool, { ...own, now: NOW })).toBe(1);
});

test("what was typed is not kept, and old keys go away with new ones", async () => {
  await waitSeconds(world.pool, { ...stranger(), email: "my-password-by-mistake", now: NOW });
  const keys = async () =>
    (await world.pool.query("SELECT key FROM sign_in_failure")).rows.map((row) => row.key);
  expect((await keys()).every((key) => /^(account|address):[0-9a-f]{64}$/.test(key))).toBe(true);
  for (let i = 0; i < 20; i++) await waitSeconds(world.pool, { ...stranger(), now: later(60) });
  expect((await keys()).length).toBeLessThanOrEqual(41);
});
