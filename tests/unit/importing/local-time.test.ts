import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCellTime, zonedInstant } from "@/lib/importing/local-time";

const at = (cell: string, zone = "Asia/Shanghai", order?: "dmy" | "mdy") =>
  parseCellTime(cell, zone, order)?.toISOString().replace(".000Z", "Z") ?? null;

describe("times as files write them", () => {
  const cases: [string, string | null][] = [
    ["2026-02-01 08:30:00", "2026-02-01T00:30:00Z"],
    ["2026-02-01T08:30", "2026-02-01T00:30:00Z"],
    ["2026/2/1 8:05", "2026-02-01T00:05:00Z"],
    ["2026.02.01", "2026-01-31T16:00:00Z"],
    ["2026年2月1日", "2026-01-31T16:00:00Z"],
    ["2026年2月1日 8时5分", "2026-02-01T00:05:00Z"],
    ["2026年02月01日 08时05分09秒", "2026-02-01T00:05:09Z"],
    ["2026年02月01日 08:05:09", "2026-02-01T00:05:09Z"],
    ["20260201", "2026-01-31T16:00:00Z"],
    ["20260201083000", "2026-02-01T00:30:00Z"],
    ["2026-02-01 08:30:00.250", "2026-02-01T00:30:00.250Z"],
    [" 2026-02-01 08:30:00 ", "2026-02-01T00:30:00Z"],
    ["2026-02-01T08:30:00Z", "2026-02-01T08:30:00Z"],
    ["2026-02-01 08:30:00+01:00", "2026-02-01T07:30:00Z"],
    ["1769934600", "2026-02-01T08:30:00Z"],
    ["1769934600123", "2026-02-01T08:30:00.123Z"],
    ["2026-02-30 00:00:00", null],
    ["2026-13-01", null],
    ["2026-02-01 25:00", null],
    ["03/04/2026", null],
    ["45689.354", null],
    ["yesterday", null],
    ["", null],
  ];
  it.each(cases)("%s", (cell, expected) => expect(at(cell)).toBe(expected));

  it("days first or months first only when the mapping says which", () => {
    expect(at("3/4/2026 10:00", "UTC", "dmy")).toBe("2026-04-03T10:00:00Z");
    expect(at("3/4/2026 10:00", "UTC", "mdy")).toBe("2026-03-04T10:00:00Z");
    expect(at("13/4/2026", "UTC", "mdy")).toBeNull();
  });
});

describe("clocks that change", () => {
  const cases: [string, string, string, string][] = [
    [
      "New York, skipped hour: moved forward by it",
      "2026-03-08 02:30:00",
      "America/New_York",
      "2026-03-08T07:30:00Z",
    ],
    [
      "New York, hour that happened twice: the first",
      "2026-11-01 01:30:00",
      "America/New_York",
      "2026-11-01T05:30:00Z",
    ],
    ["New York, the second before", "2026-03-08 01:59:59", "America/New_York", "2026-03-08T06:59:59Z"],
    ["New York, the first hour after", "2026-03-08 03:00:00", "America/New_York", "2026-03-08T07:00:00Z"],
    ["London, skipped", "2011-03-27 01:30:00", "Europe/London", "2011-03-27T01:30:00Z"],
    ["London, twice", "2011-10-30 01:30:00", "Europe/London", "2011-10-30T00:30:00Z"],
    ["Lord Howe, half an hour skipped", "2026-10-04 02:15:00", "Australia/Lord_Howe", "2026-10-03T15:45:00Z"],
    ["Lord Howe, half an hour twice", "2026-04-05 01:45:00", "Australia/Lord_Howe", "2026-04-04T14:45:00Z"],
    ["Apia, a day that never was", "2011-12-30 12:00:00", "Pacific/Apia", "2011-12-30T22:00:00Z"],
    ["Apia, the day before", "2011-12-29 12:00:00", "Pacific/Apia", "2011-12-29T22:00:00Z"],
    ["Shanghai in its summer time of 1991", "1991-07-01 12:00:00", "Asia/Shanghai", "1991-07-01T03:00:00Z"],
    ["Kathmandu", "2026-02-01 12:00:00", "Asia/Kathmandu", "2026-02-01T06:15:00Z"],
  ];
  it.each(cases)("%s", (_, cell, zone, expected) => expect(at(cell, zone)).toBe(expected));

  it("reads back what clocks show at any instant, up to the hour that happens twice", () => {
    const zones = [
      "America/New_York",
      "Europe/London",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "Asia/Kathmandu",
      "Africa/Casablanca",
      "UTC",
    ];
    const instants = fc
      .integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2030, 0, 1) })
      .map((ms) => Math.floor(ms / 1000) * 1000);
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const shown = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(instant);
        const read = zonedInstant(Date.parse(`${shown.replace(" ", "T")}Z`), zone).getTime();
        const again = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(read);
        expect(again).toBe(shown);
        expect(read).toBeLessThanOrEqual(instant);
      }),
      { numRuns: 500 },
    );
  });
});
