import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fillMarketplace } from "@/lib/demo/fill-marketplace";
import { loadDemoWorkspace, openDemoWorkspace } from "@/lib/demo/load";
import { marketplace } from "@/lib/demo/workspaces";
import { imagineWorld, worldRows } from "@/lib/demo/world/world";
import { copyInbox } from "@/lib/intake/inbox";
import { KIND, standardKindById } from "@/lib/intake/kinds";
import { demoMembers } from "@/lib/members/demo-sign-ins";
import { localDay } from "@/lib/platform/day";
import { queryRows, sql, transaction } from "@/lib/platform/db";
import { openPrisma, type Prisma } from "@/lib/platform/prisma";
import { checkInvariants } from "@/lib/stages/invariants";
import { createWorkspace } from "@/lib/workspaces/mutations";
import type { Workspace } from "@/lib/workspaces/schema";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const size = { seed: 5, shops: 120, days: 120 };
const now = new Date("2026-11-02T08:00:00Z");
const world = imagineWorld(size);
const rows = [...worldRows(world, 1)];

/** The owner a row belongs to, read from the world's own links and aliases. */
function ownersOfVisitors(): Map<string, string> {
  const owners = new Map<string, string>();
  for (const row of rows) if (row.userKey && row.anonymousKey) owners.set(row.anonymousKey, row.userKey);
  return owners;
}

/** customer_day the naive way: counts per owner and local day, as "owner day" → { column: count }. */
function expectedDays(): Map<string, Record<string, number>> {
  const visitors = ownersOfVisitors();
  const days = new Map<string, Record<string, number>>();
  for (const row of rows) {
    if (row.previousKey) continue; // an alias says who is who; nothing happened
    const owner = row.userKey ? row.userKey.replace(/-b$/, "") : visitors.get(row.anonymousKey ?? "");
    const key = `${owner} ${localDay(row.occurredAt, marketplace.timeZone)}`;
    const day = days.get(key) ?? {};
    days.set(key, day);
    if (row.kind === KIND.profile) continue; // being seen makes a day, without anything to count
    const column = standardKindById(row.kind)!.column;
    day[column] = (day[column] ?? 0) + 1;
    day.events = (day.events ?? 0) + 1;
    day.revenue = (day.revenue ?? 0) + (row.amount ?? 0);
    if (row.kind === KIND.refund) day.refunded = (day.refunded ?? 0) - (row.amount ?? 0);
  }
  return days;
}

const counters = z.record(z.string(), z.number());
const storedDay = z.object({ owner: z.string(), day: z.string(), counters });

async function storedDays(database: TestDatabase, workspaceId: number) {
  const stored = await queryRows(
    database.pool,
    storedDay,
    sql`SELECT i.value AS owner, d.day,
          jsonb_strip_nulls(jsonb_build_object('views', nullif(views, 0), 'likes', nullif(likes, 0),
            'comments', nullif(comments, 0), 'shares', nullif(shares, 0), 'carts', nullif(carts, 0),
            'orders', nullif(orders, 0), 'logins', nullif(logins, 0), 'searches', nullif(searches, 0),
            'favourites', nullif(favourites, 0), 'follows', nullif(follows, 0), 'refunds', nullif(refunds, 0),
            'complaints', nullif(complaints, 0), 'events', nullif(events, 0), 'refunded', nullif(refunded, 0),
            'revenue', revenue)) AS counters
        FROM customer_day d JOIN identity i
          ON i.workspace_id = d.workspace_id AND i.customer_id = d.customer_id AND i.kind = 'user'
        WHERE d.workspace_id = ${workspaceId} AND i.value NOT LIKE '%-b'`,
  );
  return new Map(stored.map((row) => [`${row.owner} ${row.day}`, row.counters]));
}

const customers = async (database: TestDatabase, workspaceId: number) => {
  const [row] = await queryRows(
    database.pool,
    z.object({ customers: z.number() }),
    sql`SELECT count(*) AS customers FROM customer WHERE workspace_id = ${workspaceId} AND merged_into IS NULL`,
  );
  return row?.customers;
};

describe("the imagined marketplace in the store", { timeout: 120_000 }, () => {
  let database: TestDatabase;
  let prisma: Prisma;
  let workspace: Workspace;
  const load = () =>
    loadDemoWorkspace(database.pool, {
      workspace,
      clock: () => now,
      fill: (into, at) => fillMarketplace(database.pool, { workspace: into, size, now: at }),
    });

  beforeAll(async () => {
    database = await testDatabase();
    prisma = openPrisma(database.url);
    workspace = await openDemoWorkspace({ ...database, directory: database.pool, prisma }, marketplace, now);
    await load();
  });
  afterAll(async () => {
    await prisma.$disconnect();
    await database.drop();
  });

  it("has one customer per owner: visitors linked, second accounts merged", async () => {
    expect(await customers(database, workspace.id)).toBe(size.shops);
  });

  it("rolls up to what a naive count of the events gives", async () => {
    const stored = await storedDays(database, workspace.id);
    const expected = expectedDays();
    expect(stored.size).toBe(expected.size);
    for (const [key, day] of expected) expect(stored.get(key), key).toEqual({ revenue: 0, ...day });
  });

  it("gives every customer a stage as of the workspace's own day, and keeps every invariant", async () => {
    const stages = await queryRows(
      database.pool,
      z.object({ stage: z.string(), customers: z.number() }),
      sql`SELECT stage, count(*) AS customers FROM customer_stage
          WHERE workspace_id = ${workspace.id} AND model_id = 1 GROUP BY stage`,
    );
    expect(stages.reduce((sum, s) => sum + s.customers, 0)).toBe(size.shops);
    expect(stages.length).toBeGreaterThanOrEqual(4);
    const broken = (await checkInvariants(database.pool, workspace.id)).filter((i) => i.violations > 0);
    expect(broken).toEqual([]);
  });

  it("lets one member of every role in", async () => {
    const memberships = await prisma.membership.findMany({
      where: { workspaceId: workspace.id },
      select: { role: true, member: { select: { email: true } } },
    });
    const found = memberships.map((m) => `${m.role} ${m.member.email}`).sort();
    expect(found).toEqual(demoMembers.map((m) => `${m.role} ${m.email}`).sort());
  });

  it("is not loaded twice", async () => {
    const again = await openDemoWorkspace(
      { ...database, directory: database.pool, prisma },
      marketplace,
      now,
    );
    expect(again.id).toBe(workspace.id);
    expect(await load()).toBeNull();
  });

  it("goes on after an interruption without doubling anything", async () => {
    const half = await createWorkspace(database.pool, {
      slug: "half",
      name: "half",
      timeZone: marketplace.timeZone,
      currency: "CNY",
      now,
    });
    // The crash came after a piece was copied, with part of it not yet drained.
    await transaction(database.pool, (db) => copyInbox(db, half.id, rows.slice(0, 5_000)));
    await fillMarketplace(database.pool, { workspace: half, size, now });
    expect(await customers(database, half.id)).toBe(size.shops);
    expect(await storedDays(database, half.id)).toEqual(await storedDays(database, workspace.id));
  });
});
