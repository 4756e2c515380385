import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUTURE_TOLERANCE_MS, occurredAt, parseInstant } from "@/lib/intake/occurred-at";

const receivedAt = new Date("2026-02-01T12:00:10.000Z");

const happens = (p: { originalTimestamp?: unknown; timestamp?: unknown; sentAt?: unknown }) => {
  const outcome = occurredAt({ ...p, receivedAt });
  return outcome.ok
    ? outcome.value.toISOString()
    : `${outcome.rejection.reason} at ${outcome.rejection.path}`;
};

describe("when an event happened", () => {
  const cases = [
    { name: "no timestamp: when it was received", given: {}, at: "2026-02-01T12:00:10.000Z" },
    {
      name: "without sentAt: as written",
      given: { timestamp: "2026-02-01T10:00:00Z" },
      at: "2026-02-01T10:00:00.000Z",
    },
    {
      name: "a clock one hour fast is corrected by sentAt",
      given: { timestamp: "2026-02-01T12:59:00Z", sentAt: "2026-02-01T13:00:10Z" },
      at: "2026-02-01T11:59:00.000Z",
    },
    {
      name: "a clock of 1999 is corrected by sentAt",
      given: { timestamp: "1999-01-01T00:00:00Z", sentAt: "1999-01-01T00:00:05Z" },
      at: "2026-02-01T12:00:05.000Z",
    },
    {
      name: "originalTimestamp goes first",
      given: { originalTimestamp: "2026-01-01T00:00:00Z", timestamp: "2026-01-31T00:00:00Z" },
      at: "2026-01-01T00:00:00.000Z",
    },
    {
      name: "nine minutes ahead is now",
      given: { timestamp: "2026-02-01T12:09:00Z" },
      at: "2026-02-01T12:00:10.000Z",
    },
    {
      name: "eleven minutes ahead is refused",
      given: { timestamp: "2026-02-01T12:11:10Z" },
      at: "future_timestamp at timestamp",
    },
    {
      name: "ten years ahead is refused",
      given: { timestamp: "2036-02-01T12:00:00Z" },
      at: "future_timestamp at timestamp",
    },
    { name: "epoch 0 is refused", given: { timestamp: 0 }, at: "ancient_timestamp at timestamp" },
    {
      name: "year 1 is refused",
      given: { originalTimestamp: "0001-01-01T00:00:00Z" },
      at: "ancient_timestamp at originalTimestamp",
    },
    {
      name: "the first accepted instant",
      given: { timestamp: "1990-01-01T00:00:00Z" },
      at: "1990-01-01T00:00:00.000Z",
    },
    {
      name: "its predecessor",
      given: { timestamp: "1989-12-31T23:59:59.999Z" },
      at: "ancient_timestamp at timestamp",
    },
    { name: "no date", given: { timestamp: "yesterday" }, at: "bad_timestamp at timestamp" },
    {
      name: "an unreadable sentAt",
      given: { timestamp: "2026-02-01", sentAt: "soon" },
      at: "bad_timestamp at sentAt",
    },
  ];
  it.each(cases)("$name", ({ given, at }) => expect(happens(given)).toBe(at));

  it("never lies after the moment of receipt or before 1990, whatever is sent", () => {
    const anything = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.string(),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, anything, anything, (originalTimestamp, timestamp, sentAt) => {
        const outcome = occurredAt({ originalTimestamp, timestamp, sentAt, receivedAt });
        if (!outcome.ok) return;
        expect(outcome.value.getTime()).toBeLessThanOrEqual(receivedAt.getTime());
        expect(outcome.value.getTime()).toBeGreaterThanOrEqual(Date.UTC(1990, 0, 1));
      }),
    );
  });

  it("does not depend on how wrong the sender's clock is", () => {
    const ageMs = fc.integer({ min: 0, max: 30 * 365 * 86_400_000 });
    fc.assert(
      fc.property(ageMs, fc.integer({ min: -1e12, max: 1e12 }), (age, wrongBy) => {
        const send = (clockError: number) =>
          occurredAt({
            timestamp: new Date(receivedAt.getTime() - age + clockError).toISOString(),
            sentAt: new Date(receivedAt.getTime() + clockError).toISOString(),
            receivedAt,
          });
        expect(send(wrongBy)).toEqual(send(0));
      }),
    );
  });

  it("forgives exactly ten minutes", () => {
    const ahead = (ms: number) => occurredAt({ timestamp: receivedAt.getTime() + ms, receivedAt }).ok;
    expect([ahead(FUTURE_TOLERANCE_MS), ahead(FUTURE_TOLERANCE_MS + 1)]).toEqual([true, false]);
  });
});

describe("instants as senders write them", () => {
  const cases: [unknown, string | null][] = [
    ["2026-02-01T08:30:00.123Z", "2026-02-01T08:30:00.123Z"],
    ["2026-02-01T08:30:00.123456789Z", "2026-02-01T08:30:00.123Z"],
    ["2026-02-01T08:30:00.5Z", "2026-02-01T08:30:00.500Z"],
    ["2026-02-01T08:30Z", "2026-02-01T08:30:00.000Z"],
    ["2026-02-01T16:30:00+08:00", "2026-02-01T08:30:00.000Z"],
    ["2026-02-01T16:30:00+0800", "2026-02-01T08:30:00.000Z"],
    ["2026-02-01T14:15:00+05:45", "2026-02-01T08:30:00.000Z"],
    ["2026-01-31T23:00:00-09:30", "2026-02-01T08:30:00.000Z"],
    ["2026-02-01 08:30:00", "2026-02-01T08:30:00.000Z"],
    ["2026-02-01", "2026-02-01T00:00:00.000Z"],
    [" 2026-02-01 ", "2026-02-01T00:00:00.000Z"],
    [1_769_934_600, "2026-02-01T08:30:00.000Z"],
    [1_769_934_600_123, "2026-02-01T08:30:00.123Z"],
    [99_999_999_999, "5138-11-16T09:46:39.000Z"],
    [100_000_000_000, "1973-03-03T09:46:40.000Z"],
    ["0050-01-01T00:00:00Z", "0050-01-01T00:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["2026-02-29", null],
    ["2026-02-30T00:00:00Z", null],
    ["2026-13-01", null],
    ["2026-00-10", null],
    ["2026-02-01T24:00:00Z", null],
    ["2026-02-01T08:60:00Z", null],
    ["2026-02-01T08:30:60Z", null],
    ["2026-02-01T08:30:00+99:00", null],
    ["+012026-02-01T00:00:00Z", null],
    ["1769934600", null],
    ["02/01/2026", null],
    ["2026-02-01T08:30:00Zjunk", null],
    ["", null],
    [Number.NaN, null],
    [1.5, null],
    [Number.MAX_SAFE_INTEGER, null],
    [true, null],
    [null, null],
    [{}, null],
    [["2026-02-01"], null],
  ];
  it.each(cases)("%j", (value, at) => expect(parseInstant(value)?.toISOString() ?? null).toBe(at));

  it("reads back every instant it is given in ISO form", () => {
    const dates = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseInstant(date.toISOString())).toEqual(date);
      }),
    );
  });
});
