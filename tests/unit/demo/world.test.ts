import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { WORLD_LAST_DAY, WORLD_TIME_ZONE } from "@/lib/demo/world/frame";
import { imagineWorld, worldRows, worldSpend } from "@/lib/demo/world/world";
import { KIND, standardKindById } from "@/lib/intake/kinds";
import { addDays, localDay } from "@/lib/platform/day";

const small = { seed: 3, shops: 300, days: 200 };
const rows = [...worldRows(imagineWorld(small), 1)];

function hashOf(size: Parameters<typeof imagineWorld>[0]): string {
  const hash = createHash("sha256");
  for (const row of worldRows(imagineWorld(size), 1)) hash.update(`${JSON.stringify(row)}\n`);
  return hash.digest("hex");
}

// Whole worlds are made here; on a busy machine that takes longer than a unit test is given.
describe("the imagined world", { timeout: 60_000 }, () => {
  it("is the same for the same number, byte for byte, and another for another", () => {
    expect(hashOf(small)).toBe(hashOf(small));
    expect(hashOf({ ...small, seed: 4 })).not.toBe(hashOf(small));
  });

  it("holds the volume the demo promises", () => {
    let count = 0;
    for (const row of worldRows(imagineWorld(), 1)) count += row.kind === KIND.profile ? 0 : 1;
    expect(count).toBeGreaterThan(400_000);
    expect(count).toBeLessThan(700_000);
  });

  it("has all twelve kinds, with the properties the kinds ask for", () => {
    const kinds = new Set(rows.map((row) => row.kind));
    expect([...kinds].sort((a, b) => a - b)).toEqual([...Object.values(KIND)].sort((a, b) => a - b));
    for (const row of rows) {
      const kind = standardKindById(row.kind);
      if (kind) kind.properties.parse(row.props ?? {});
    }
  });

  it("names no message twice", () => {
    expect(new Set(rows.map((row) => row.messageId)).size).toBe(rows.length);
  });

  it("stays within its days", () => {
    for (const row of rows) {
      const day = localDay(row.occurredAt, WORLD_TIME_ZONE);
      expect(day >= addDays(WORLD_LAST_DAY, 1 - small.days) && day <= WORLD_LAST_DAY).toBe(true);
    }
  });

  it("counts money in whole fen, refunds negative and never above their order", () => {
    const orders = new Map<unknown, number>();
    const orderId = (props: object | null) => (props as { orderId: string }).orderId;
    for (const row of rows) if (row.kind === KIND.order) orders.set(orderId(row.props), row.amount ?? 0);
    for (const row of rows.filter((r) => r.amount !== null)) expect(Number.isInteger(row.amount)).toBe(true);
    const refunds = rows.filter((row) => row.kind === KIND.refund);
    expect(refunds.length).toBeGreaterThan(5);
    for (const refund of refunds) {
      expect(refund.amount).toBeLessThan(0);
      expect(-(refund.amount ?? 0)).toBeLessThanOrEqual(orders.get(orderId(refund.props)) ?? 0);
    }
  });

  it("lets nobody act under an id before the sign-up, and links visitors to it", () => {
    const signUps = new Map(rows.filter((r) => r.channel && r.userKey).map((r) => [r.userKey, r]));
    for (const row of rows)
      if (row.userKey && !row.userKey.endsWith("-b"))
        expect(row.occurredAt >= signUps.get(row.userKey)!.occurredAt).toBe(true);
    const visitors = new Set(rows.filter((r) => r.userKey === null).map((r) => r.anonymousKey));
    const linked = new Set([...signUps.values()].map((r) => r.anonymousKey).filter((key) => key !== null));
    expect(visitors.size).toBeGreaterThan(100);
    expect(linked).toEqual(visitors);
  });

  it("says of every second account whose it is", () => {
    const seconds = new Set(rows.map((r) => r.userKey).filter((key) => key?.endsWith("-b")));
    const aliases = new Map(rows.filter((r) => r.previousKey).map((r) => [r.previousKey, r.userKey]));
    expect(seconds.size).toBeGreaterThan(0);
    for (const key of seconds) expect(aliases.get(key)).toBe(key?.slice(0, -2));
  });

  it("ties every referral to a share that came before it", () => {
    const traits = (row: (typeof rows)[number]) => (row.traits ?? {}) as { referred_by?: string };
    const referred = rows.filter((row) => traits(row).referred_by);
    const shares = new Map(
      rows
        .filter((row) => row.props && "referred" in row.props)
        .map((row) => [(row.props as { referred: string }).referred, row]),
    );
    expect(referred.length).toBeGreaterThan(5);
    expect(shares.size).toBe(referred.length);
    for (const row of referred) {
      const share = shares.get(row.userKey ?? "")!;
      expect(share.userKey?.replace(/-b$/, "")).toBe(traits(row).referred_by);
      expect(share.occurredAt < row.occurredAt).toBe(true);
    }
  });

  it("never tells a sensitivity", () => {
    const traits = new Set(rows.flatMap((row) => Object.keys(row.traits ?? {})));
    expect(traits.size).toBeGreaterThanOrEqual(14);
    expect([...traits].filter((key) => /sensitiv|type/.test(key))).toEqual([]);
  });

  it("spends on paid channels every day", () => {
    const spend = worldSpend(small);
    expect(new Set(spend.map((s) => s.channel)).size).toBe(7);
    expect(spend).toHaveLength(7 * small.days);
    expect(spend.every((s) => Number.isInteger(s.amount) && s.amount > 0)).toBe(true);
  });
});
