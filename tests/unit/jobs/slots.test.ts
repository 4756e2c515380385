import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, localDay, parseDay } from "@/lib/platform/day";
import { hourlySlotDue, nightlySlot, nightlySlotDue } from "@/lib/runs/slots";

const at = (text: string) => new Date(text);
const real = (timeZone: string) => ({ clockMode: "real" as const, timeZone });

describe("nightly slot of a day", () => {
  const cases = [
    { name: "an ordinary night", zone: "Asia/Shanghai", day: "2026-11-20", slot: "2026-11-19T18:15:00Z" },
    { name: "an offset of 5:45", zone: "Asia/Kathmandu", day: "2026-11-20", slot: "2026-11-19T20:30:00Z" },
    {
      name: "spring forward skips 02:15: 03:00",
      zone: "America/New_York",
      day: "2026-03-08",
      slot: "2026-03-08T07:00:00Z",
    },
    {
      name: "fall back repeats 01:00-02:00",
      zone: "America/New_York",
      day: "2026-11-01",
      slot: "2026-11-01T07:15:00Z",
    },
    {
      name: "spring forward before 02:15",
      zone: "Europe/London",
      day: "2026-03-29",
      slot: "2026-03-29T01:15:00Z",
    },
    {
      name: "fall back repeats 02:15: the first",
      zone: "Europe/Berlin",
      day: "2026-10-25",
      slot: "2026-10-25T00:15:00Z",
    },
    {
      name: "half an hour skipped: 02:30",
      zone: "Australia/Lord_Howe",
      day: "2026-10-04",
      slot: "2026-10-03T15:30:00Z",
    },
    { name: "a day the zone skipped", zone: "Pacific/Apia", day: "2011-12-30", slot: null },
    { name: "the day after it", zone: "Pacific/Apia", day: "2011-12-31", slot: "2011-12-30T12:15:00Z" },
    { name: "a leap day", zone: "UTC", day: "2028-02-29", slot: "2028-02-29T02:15:00Z" },
  ];
  test.each(cases)("$name", ({ zone, day, slot }) => {
    expect(nightlySlot(parseDay(day), zone)?.toISOString() ?? null).toBe(slot && at(slot).toISOString());
  });
});

describe("nightly slot due", () => {
  const cases = [
    {
      name: "never ran: last night's",
      zone: "UTC",
      last: null,
      now: "2026-11-20T12:00Z",
      due: "2026-11-20T02:15Z",
    },
    {
      name: "one minute early: yesterday's is done",
      zone: "UTC",
      last: "2026-11-19T02:15Z",
      now: "2026-11-20T02:14Z",
      due: null,
    },
    {
      name: "on the minute",
      zone: "UTC",
      last: "2026-11-19T02:15Z",
      now: "2026-11-20T02:15Z",
      due: "2026-11-20T02:15Z",
    },
    { name: "already taken", zone: "UTC", last: "2026-11-20T02:15Z", now: "2026-11-20T23:59Z", due: null },
    {
      name: "five nights missed: the newest alone",
      zone: "UTC",
      last: "2026-11-15T02:15Z",
      now: "2026-11-20T08:00Z",
      due: "2026-11-20T02:15Z",
    },
    {
      name: "missed, and tonight's is still to come",
      zone: "UTC",
      last: "2026-11-15T02:15Z",
      now: "2026-11-20T01:00Z",
      due: "2026-11-19T02:15Z",
    },
    {
      name: "the night the zone skipped",
      zone: "Pacific/Apia",
      last: null,
      now: "2011-12-30T11:00Z",
      due: "2011-12-29T12:15Z",
    },
  ];
  test.each(cases)("$name", ({ zone, last, now, due }) => {
    const found = nightlySlotDue(real(zone), last ? at(last) : null, at(now));
    expect(found?.toISOString() ?? null).toBe(due && at(due).toISOString());
  });

  test("a clock that stands still or runs elsewhere has no nights", () => {
    for (const clockMode of ["fixed", "shifted"] as const)
      expect(nightlySlotDue({ clockMode, timeZone: "UTC" }, null, at("2026-11-20T12:00Z"))).toBeNull();
  });

  test("looked at every few hours through a year, each local night runs once", () => {
    const zones = fc.constantFrom(
      "America/New_York",
      "Europe/London",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 60, max: 400 }), (timeZone, stepMinutes) => {
        const nights: string[] = [];
        let last: Date | null = at("2026-01-01T12:00Z");
        for (let now = last.getTime(); now < Date.parse("2027-01-01T12:00Z"); now += stepMinutes * 60_000) {
          const due = nightlySlotDue(real(timeZone), last, new Date(now));
          if (!due) continue;
          expect(due > last!).toBe(true);
          last = due;
          nights.push(localDay(due, timeZone));
        }
        const first = parseDay(nights[0] ?? "");
        expect(nights).toEqual(nights.map((_, index) => addDays(first, index)));
        expect(nights.length).toBeGreaterThanOrEqual(364);
      }),
      { numRuns: 6 },
    );
  }, 60_000);
});

test("the hourly slot is the full hour, once", () => {
  const now = at("2026-11-20T12:34:56Z");
  const slot = hourlySlotDue(null, now);
  expect(slot?.toISOString()).toBe("2026-11-20T12:00:00.000Z");
  expect(hourlySlotDue(slot, now)).toBeNull();
  expect(hourlySlotDue(slot, at("2026-11-20T15:00:00Z"))?.toISOString()).toBe("2026-11-20T15:00:00.000Z");
});
