import { expect, test } from "vitest";
import { delaySeconds, SignInLimiter } from "@/lib/platform/auth/sign-in-limiter";

const start = new Date("2026-06-30T08:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

test("delays grow from nothing to a minute and no further", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40].map(delaySeconds)).toEqual([
    0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60,
  ]);
});

test("after three failures one waits, for that key only", () => {
  const limiter = new SignInLimiter();
  for (let i = 0; i < 5; i++) limiter.failed("ana", start);
  expect(limiter.waitSeconds("ana", after(0))).toBe(4);
  expect(limiter.waitSeconds("ana", after(1.5))).toBe(3);
  expect(limiter.waitSeconds("ana", after(4))).toBe(0);
  expect(limiter.waitSeconds("ben", start)).toBe(0);
});

test("success and a quiet quarter of an hour both forget", () => {
  const limiter = new SignInLimiter();
  for (let i = 0; i < 9; i++) limiter.failed("ana", start);
  limiter.succeeded("ana");
  expect(limiter.waitSeconds("ana", start)).toBe(0);
  for (let i = 0; i < 9; i++) limiter.failed("ben", start);
  expect(limiter.waitSeconds("ben", after(15 * 60))).toBe(0);
  limiter.failed("ben", after(15 * 60));
  expect(limiter.waitSeconds("ben", after(15 * 60))).toBe(0);
});

test("invented accounts do not fill the memory: the oldest key is dropped", () => {
  const limiter = new SignInLimiter();
  for (let i = 0; i < 6; i++) limiter.failed("first", start);
  for (let i = 0; i < 10_000; i++) limiter.failed(`guess-${i}`, start);
  expect(limiter.waitSeconds("first", start)).toBe(0);
});
