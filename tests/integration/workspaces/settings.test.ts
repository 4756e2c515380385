import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { drainAll } from "@/lib/intake/drain";
import { messageUuid, writeInbox } from "@/lib/intake/inbox";
import { KIND } from "@/lib/intake/kinds";
import { type Day, startOfDay } from "@/lib/platform/day";
import { openPool, type Pool, queryRows, sql, workspacePool } from "@/lib/platform/db";
import { addHolidays, removeHoliday } from "@/lib/workspaces/change-holidays";
import { changeClock, changeSettings, valuesOf } from "@/lib/workspaces/change-settings";
import { createSource, createWorkspace } from "@/lib/workspaces/mutations";
import { workspaceDay } from "@/lib/workspaces/schema";
import { getSettings, listHolidays } from "@/lib/workspaces/settings";
import type { SettingsValues } from "@/lib/workspaces/settings-schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const now = new Date("2026-06-10T04:00:00Z");
const actor = { kind: "member" as const, id: "ada", name: "Ada" };
let db: TestDatabase;
let web: Pool;

beforeAll(async () => {
  db = await testDatabase();
  web = openPool(db.url, 4, "perennial_web");
});
afterAll(async () => {
  await web.end();
  await db.drop();
});

/** An empty workspace as the console sees it. */
async function office() {
  const slug = randomUUID();
  const { id } = await createWorkspace(db.pool, {
    slug,
    name: "Office",
    timeZone: "Asia/Shanghai",
    currency: "CNY",
    now,
  });
  const pool = workspacePool(web, id);
  const change = (version: number, values: Partial<SettingsValues>) =>
    getSettings(pool, id).then((present) =>
      changeSettings(pool, {
        workspaceId: id,
        version,
        values: { ...valuesOf(present), ...values },
        actor,
        now,
      }),
    );
  const send = async (amount: number | null, drained: boolean) => {
    const { sourceId } = await createSource(db.pool, {
      workspaceId: id,
      name: randomUUID(),
      kind: "http",
      now,
    });
    await writeInbox(db.pool, id, [
      {
        sourceId,
        kind: KIND.view,
        receivedAt: now,
        occurredAt: now,
        messageId: messageUuid(randomUUID()),
        userKey: "u-1",
        anonymousKey: null,
        previousKey: null,
        externalKeys: null,
        amount,
        channel: null,
        props: null,
        traits: null,
      },
    ]);
    if (drained) await drainAll(db.pool, { workspaceId: id, timeZone: "Asia/Shanghai", now });
  };
  return { id, slug, pool, change, send };
}

const deeds = (workspaceId: number) =>
  queryRows(
    db.pool,
    z.object({ action: z.string(), target: z.string(), before: z.unknown(), after: z.unknown() }),
    sql`SELECT action, target, before, after FROM audit_entry WHERE workspace_id = ${workspaceId} ORDER BY seq`,
  );

describe("settings", () => {
  test("a change is written down with what it was; saying the same again changes nothing", async () => {
    const { id, slug, pool, change } = await office();
    expect(await change(1, { name: "Bureau", weekStart: 7 })).toEqual({ version: 2 });
    expect(await change(2, {})).toEqual({ version: 2 });
    expect(await getSettings(pool, id)).toMatchObject({ name: "Bureau", weekStart: 7, version: 2, slug });
    expect(await deeds(id)).toEqual([
      {
        action: "workspace.changed",
        target: slug,
        before: { name: "Office", weekStart: 1 },
        after: { name: "Bureau", weekStart: 7 },
      },
    ]);
  });

  test("of two people the later one hears what the first one wrote, and nothing is lost", async () => {
    const { id, pool, change } = await office();
    const both = await Promise.allSettled([change(1, { name: "First" }), change(1, { name: "Second" })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const present = await getSettings(pool, id);
    const refusal = both.find((one) => one.status === "rejected")!.reason;
    expect(refusal).toMatchObject({
      code: "conflict",
      details: { reason: "version", version: 2, values: { name: present.name } },
    });
    expect(await deeds(id)).toHaveLength(1);
  });

  test.each([
    ["waits in the inbox", false],
    ["is stored", true],
  ])("the time zone stays as soon as an event %s", async (_, drained) => {
    const { id, pool, change, send } = await office();
    await change(1, { timeZone: "Europe/Berlin" });
    await change(2, { timeZone: "Asia/Shanghai" });
    await send(null, drained);
    await expect(change(3, { timeZone: "Europe/Berlin" })).rejects.toMatchObject({
      details: { reason: "settled", field: "timeZone" },
    });
    await change(3, { name: "Still", currency: "EUR" });
    expect(await getSettings(pool, id)).toMatchObject({
      name: "Still",
      timeZone: "Asia/Shanghai",
      currency: "EUR",
    });
  });

  test.each([
    ["wait in the inbox", false],
    ["are stored", true],
  ])("the currency stays as soon as amounts %s", async (_, drained) => {
    const { change, send } = await office();
    await change(1, { currency: "JPY" });
    await send(500, drained);
    await expect(change(2, { currency: "EUR" })).rejects.toMatchObject({
      details: { reason: "settled", field: "currency" },
    });
  });

  test("a currency nobody knows is refused at its field", async () => {
    const { change } = await office();
    await expect(change(1, { currency: "QQQ" })).rejects.toMatchObject({
      code: "bad_input",
      details: { fields: [{ path: "values.currency" }] },
    });
  });

  test("a standing clock keeps its day in another zone", async () => {
    const { id, pool, change } = await office();
    const clock = { mode: "fixed", day: "2026-03-01" as Day } as const;
    await changeClock(pool, { workspaceId: id, version: 1, clock, actor, now });
    await change(2, { timeZone: "America/New_York" });
    const settings = await getSettings(pool, id);
    expect(workspaceDay(settings, now)).toBe("2026-03-01");
    expect(settings.clockAt).toEqual(startOfDay("2026-03-01" as Day, "America/New_York"));
  });
});

describe("the clock", () => {
  const set = (pool: Pool, workspaceId: number, version: number, clock: object) =>
    changeClock(pool, { workspaceId, version, clock: clock as never, actor, now });

  test("answers the day it came from and the one it goes to, and writes both down", async () => {
    const { id, pool } = await office();
    expect(await set(pool, id, 1, { mode: "fixed", day: "2026-06-01" })).toEqual({
      version: 2,
      from: "2026-06-10",
      to: "2026-06-01",
    });
    expect(await set(pool, id, 2, { mode: "shifted", days: 3 })).toMatchObject({ to: "2026-06-13" });
    expect(await set(pool, id, 3, { mode: "real" })).toMatchObject({ from: "2026-06-13", to: "2026-06-10" });
    expect(await deeds(id)).toMatchObject([
      { before: { clock: "real", day: "2026-06-10" }, after: { clock: "fixed", day: "2026-06-01" } },
      { before: { clock: "fixed" }, after: { clock: "shifted", clockShiftDays: 3, day: "2026-06-13" } },
      { after: { clock: "real", day: "2026-06-10" } },
    ]);
  });

  test("does not move further than people can wait for, nor from an old version", async () => {
    const { id, pool } = await office();
    await expect(set(pool, id, 1, { mode: "fixed", day: "1999-01-01" })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "too_far", earliest: "2016-06-02", latest: "2036-06-17" },
    });
    await expect(set(pool, id, 7, { mode: "real" })).rejects.toMatchObject({
      details: { reason: "version" },
    });
    expect(await getSettings(pool, id)).toMatchObject({ clockMode: "real", version: 1 });
    expect(await deeds(id)).toEqual([]);
  });
});

test("holidays are added, renamed and removed, each written down with what was", async () => {
  const { id, pool, slug } = await office();
  const own = { workspaceId: id, actor, now };
  const day = (text: string, name: string) => ({ day: text as Day, name });
  const add = (...holidays: ReturnType<typeof day>[]) => addHolidays(pool, { ...own, holidays });
  expect(await add(day("2026-10-01", "国庆节"), day("2026-01-01", "元旦"))).toEqual({ added: 2, renamed: 0 });
  expect(await add(day("2026-10-01", "National Day"), day("2026-01-01", "元旦"))).toEqual({
    added: 0,
    renamed: 1,
  });
  expect(await add(day("2026-01-01", "元旦"))).toEqual({ added: 0, renamed: 0 });
  await removeHoliday(pool, { ...own, day: "2026-01-01" as Day });
  await expect(removeHoliday(pool, { ...own, day: "2026-01-01" as Day })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await listHolidays(pool, id)).toEqual([day("2026-10-01", "National Day")]);
  const other = await office();
  expect(await listHolidays(other.pool, other.id)).toEqual([]);
  const changed = { action: "workspace.changed", target: slug };
  expect(await deeds(id)).toEqual([
    { ...changed, before: {}, after: { "2026-10-01": "国庆节", "2026-01-01": "元旦" } },
    { ...changed, before: { "2026-10-01": "国庆节" }, after: { "2026-10-01": "National Day" } },
    { ...changed, before: { "2026-01-01": "元旦" }, after: {} },
  ]);
});
