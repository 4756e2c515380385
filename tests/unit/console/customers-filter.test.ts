import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, parseDay } from "@/lib/platform/day";
import {
  APPEARED,
  type CustomersFilter,
  customersFilter,
  customersSearch,
  listDay,
  readCustomersFilter,
  stageFilterOf,
} from "@/lib/stages/customers-filter";

const today = parseDay("2026-06-30");
const someDay = fc.integer({ min: 0, max: 900 }).map((n) => addDays(today, -n));
const key = fc.constantFrom("trial", "growth", "vip_2");
const filters: fc.Arbitrary<CustomersFilter> = fc
  .record({
    stage: fc.option(key, { nil: undefined }),
    asOf: fc.option(someDay, { nil: undefined }),
    earlier: fc.option(fc.tuple(someDay, fc.oneof(key, fc.constant(APPEARED))), { nil: undefined }),
  })
  .map(({ earlier, ...filter }) => ({ ...filter, since: earlier?.[0], fromStage: earlier?.[1] }));

const read = (search: string) => readCustomersFilter(Object.fromEntries(new URLSearchParams(search)));

test("a filter written to the URL reads back as itself", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const { filter: back, ignored } = read(customersSearch(filter));
      expect(ignored).toEqual([]);
      expect(customersSearch(back)).toBe(customersSearch(filter));
    }),
  );
});

test("no address breaks the page: what is not readable is named and left out", () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.oneof(
          fc.constantFrom("stage", "asOf", "since", "fromStage", "__proto__", "constructor"),
          fc.string(),
        ),
        fc.oneof(fc.string(), fc.array(fc.string()), fc.constantFrom("trial", "2026-02-30", "2026-02-03")),
      ),
      (params) => {
        const { filter, ignored } = readCustomersFilter(params);
        expect(customersFilter.safeParse(filter).success).toBe(true);
        for (const name of Object.keys(params))
          expect(Object.hasOwn(filter, name) || ignored.includes(name)).toBe(true);
      },
    ),
  );
});

describe("readCustomersFilter", () => {
  test.each([
    ["a day that does not exist", "asOf=2026-02-30&stage=trial", { stage: "trial" }, ["asOf"]],
    [
      "an earlier day without its stage",
      "since=2026-02-03&stage=trial",
      { stage: "trial" },
      ["fromStage", "since"],
    ],
    ["an unknown name", "page=3", {}, ["page"]],
  ])("%s", (_name, search, filter, ignored) => {
    expect(read(search)).toEqual({ filter, ignored });
  });
});

test("the log is asked with '' for who was not there yet", () => {
  const filter = { stage: "trial", since: parseDay("2026-05-31"), fromStage: APPEARED };
  expect(stageFilterOf(filter, today)).toEqual({ ...filter, asOf: today, fromStage: "" });
});

test("a list is never about a day that has not come", () => {
  expect(listDay(undefined, today)).toBe(today);
  expect(listDay(addDays(today, 1), today)).toBe(today);
  expect(listDay(addDays(today, -1), today)).toBe("2026-06-29");
});
