import { expect, test } from "vitest";
import { secondsToWait } from "@/lib/intake/event-rate";
import type { Pool } from "@/lib/platform/db";

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);
const ask = (pool: Pool, seconds: number, events: number, sourceId = 1) =>
  secondsToWait(pool, { sourceId, events, perSecond: 1_000, now: at(seconds) });

test("lets a minute's worth in at once, then says when the next may come", () => {
  const pool = {} as Pool;
  for (let i = 0; i < 30; i++) expect(ask(pool, 0, 2_500)).toBe(i <= 24 ? 0 : 3);
  expect(ask(pool, 3, 2_500)).toBe(0);
  expect(ask(pool, 3, 1)).toBeGreaterThan(0);
});

test("steady senders are never stopped, and one source never stops another", () => {
  const pool = {} as Pool;
  for (let second = 0; second < 600; second++) expect(ask(pool, second, 1_000)).toBe(0);
  for (let i = 0; i < 40; i++) ask(pool, 600, 2_500, 2);
  expect(ask(pool, 600, 1, 2)).toBeGreaterThan(0);
  expect(ask(pool, 600, 1)).toBe(0);
});

test("a clock set back stops nobody for long", () => {
  const pool = {} as Pool;
  expect(ask(pool, 1_000, 1)).toBe(0);
  expect(ask(pool, 990, 1)).toBe(0);
  expect(ask(pool, 86_400, 1)).toBe(0);
  expect(ask(pool, 0, 1)).toBe(0);
});
