import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendAudit } from "@/lib/audit/append";
import { listAudit, verifyAudit } from "@/lib/audit/queries";
import type { Deed } from "@/lib/audit/schema";
import { raw, sql, transaction } from "@/lib/platform/db";
import { createWorkspace } from "@/lib/workspaces/mutations";
import { type TestDatabase, testDatabase } from "@/tests/support/database";

const now = new Date("2026-06-30T08:00:00.123Z");
let db: TestDatabase;
let places = 0;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const place = async (): Promise<number> => {
  const slug = `audited-${places++}`;
  return (await createWorkspace(db.pool, { slug, name: slug, timeZone: "UTC", currency: "CNY", now })).id;
};

const deeds: fc.Arbitrary<Deed> = fc.record({
  actor: fc.record({
    kind: fc.constantFrom("member" as const, "key" as const, "system" as const),
    id: fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }).filter((text) => !text.includes("\0")),
    name: fc.constantFrom("梅 Mei", "o'Hara", "👩‍👩‍👧"),
  }),
  action: fc.constantFrom("member.role_changed" as const, "import.undone" as const),
  target: fc.constantFrom("a", "b\n", "丙"),
  before: fc.option(
    fc.dictionary(fc.constantFrom("role", "n", "x"), fc.constantFrom("a", 1, 1.5, null, ["z"])),
  ),
  after: fc.option(
    fc.dictionary(fc.constantFrom("z", "y", "role"), fc.constantFrom(true, { b: 1, a: 2 }, "é")),
  ),
  reason: fc.option(fc.constantFrom("", "因为")),
});

const write = async (workspaceId: number, all: readonly Deed[]) => {
  for (const one of all) await transaction(db.pool, (tx) => appendAudit(tx, { workspaceId, now, ...one }));
};

/** Ways to falsify a log, each at the entry with that number. */
const tampering = {
  "changes a word": (w: number, n: number) =>
    sql`UPDATE audit_entry SET target = target || '!' WHERE workspace_id = ${w} AND seq = ${n}`,
  "changes who": (w: number, n: number) =>
    sql`UPDATE audit_entry SET actor_id = actor_id || '?' WHERE workspace_id = ${w} AND seq = ${n}`,
  "changes a value": (w: number, n: number) =>
    sql`UPDATE audit_entry SET after = coalesce(after, '{}') || '{"more": 1}' WHERE workspace_id = ${w} AND seq = ${n}`,
  "moves it in time": (w: number, n: number) =>
    sql`UPDATE audit_entry SET at = at + interval '1 second' WHERE workspace_id = ${w} AND seq = ${n}`,
  "renumbers it": (w: number, n: number) =>
    sql`UPDATE audit_entry SET seq = seq + 1000 WHERE workspace_id = ${w} AND seq = ${n}`,
  "adds one": (w: number, n: number) =>
    sql`INSERT INTO audit_entry SELECT workspace_id, seq + 500, at, actor_kind, actor_id, actor_name, action, target, before, after,
        reason, hash FROM audit_entry WHERE workspace_id = ${w} AND seq = ${n}`,
  "forges its hash": (w: number, n: number) =>
    sql`UPDATE audit_entry SET hash = ${"ab".repeat(32)} WHERE workspace_id = ${w} AND seq = ${n}`,
};

describe("the audit log", () => {
  test("holds what was done, and verifies", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { minLength: 1, maxLength: 8 }), async (all) => {
        const w = await place();
        await write(w, all);
        const entries = await listAudit(db.pool, { workspaceId: w, limit: 100 });
        expect(entries.map((one) => one.seq)).toEqual(all.map((_, i) => all.length - i));
        expect(entries.map(({ target, before, after }) => ({ target, before, after })).reverse()).toEqual(
          all.map(({ target, before, after }) => ({ target, before: before ?? null, after: after ?? null })),
        );
        expect(await verifyAudit(db.pool, w)).toMatchObject({ entries: all.length, brokenAt: null });
      }),
      { numRuns: 25 },
    );
  });

  test.each(Object.entries(tampering))("whoever %s is found out, and where", async (_name, tamper) => {
    const w = await place();
    const [sample] = fc.sample(fc.array(deeds, { minLength: 6, maxLength: 6 }), { numRuns: 1, seed: 5 });
    await write(w, sample!);
    await db.pool.query(tamper(w, 3));
    expect((await verifyAudit(db.pool, w)).brokenAt).toBeGreaterThanOrEqual(3);
  });

  test("whoever removes one from the middle is found out", async () => {
    const w = await place();
    const [sample] = fc.sample(fc.array(deeds, { minLength: 6, maxLength: 6 }), { numRuns: 1, seed: 6 });
    await write(w, sample!);
    await db.pool.query(sql`DELETE FROM audit_entry WHERE workspace_id = ${w} AND seq = 3`);
    expect(await verifyAudit(db.pool, w)).toMatchObject({ entries: 2, brokenAt: 4 });
  });

  test("cut off at its end it still verifies, but its head is another: that is what the head is kept for", async () => {
    const w = await place();
    const [sample] = fc.sample(fc.array(deeds, { minLength: 4, maxLength: 4 }), { numRuns: 1, seed: 7 });
    await write(w, sample!);
    const whole = await verifyAudit(db.pool, w);
    await db.pool.query(sql`DELETE FROM audit_entry WHERE workspace_id = ${w} AND seq = 4`);
    const cut = await verifyAudit(db.pool, w);
    expect(cut.brokenAt).toBeNull();
    expect(cut.head).not.toBe(whole.head);
  });

  test("grows without gaps however many write at once, and not at all when the deed fails", async () => {
    const w = await place();
    const one: Deed = {
      actor: { kind: "system", id: "test", name: "test" },
      action: "run.retried",
      target: "x",
    };
    await Promise.all(Array.from({ length: 12 }, () => write(w, [one])));
    await expect(
      transaction(db.pool, async (tx) => {
        await appendAudit(tx, { workspaceId: w, now, ...one });
        await tx.query(raw("SELECT 1/0"));
      }),
    ).rejects.toThrow();
    expect(await verifyAudit(db.pool, w)).toMatchObject({ entries: 12, brokenAt: null });
  });
});
