import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listSearch } from "@/lib/customers/list-address";
import {
  cursorFromText,
  cursorToText,
  fromStageAsked,
  type ListParams,
  readListParams,
} from "@/lib/customers/list-params";
import { listColumns, sortKeys } from "@/lib/customers/list-schema";
import { addDays, parseDay } from "@/lib/platform/day";
import type { Rule } from "@/lib/rules/schema";
import { ruleToText } from "@/lib/rules/url-text";
import { APPEARED, customersSearch, listDay } from "@/lib/stages/customers-filter";

const today = parseDay("2026-06-30");
const someDay = fc.integer({ min: 0, max: 900 }).map((n) => addDays(today, -n));
const key = fc.constantFrom("trial", "growth", "vip_2");
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const rule = fc.constantFrom<Rule>(
  { metric: "orders", op: "ge", value: 3 },
  { any: [{ metric: "trait", params: { key: "城市" }, op: "in", value: ["上海", "北京"] }, { all: [] }] },
);
const lists: fc.Arbitrary<ListParams> = fc
  .record({
    stage: maybe(key),
    asOf: maybe(someDay),
    earlier: maybe(fc.tuple(someDay, fc.oneof(key, fc.constant(APPEARED)))),
    rule: maybe(rule),
    tag: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 })),
    sort: maybe(fc.record({ key: fc.constantFrom(...sortKeys), descending: fc.boolean() })),
    cols: maybe(fc.shuffledSubarray([...listColumns])),
  })
  .map(({ earlier, ...list }) => ({ ...list, since: earlier?.[0], fromStage: earlier?.[1] }));

const read = (search: string) => readListParams(Object.fromEntries(new URLSearchParams(search)));

test("a list written to the address reads back as itself", () => {
  fc.assert(
    fc.property(lists, (list) => {
      const search = listSearch(list);
      const { list: back, ignored } = read(search);
      expect(ignored).toEqual([]);
      expect(listSearch(back)).toBe(search);
      expect(back.rule).toEqual(list.rule);
      expect(back.tag).toEqual(list.tag);
    }),
  );
});

test("no address breaks the page: what is not readable is named and left out", () => {
  const names = [
    "stage",
    "asOf",
    "since",
    "fromStage",
    "rule",
    "tag",
    "sort",
    "cols",
    "__proto__",
    "constructor",
  ];
  const good = [
    "trial",
    "2026-02-30",
    "2026-02-03",
    "-revenue",
    "3,5",
    ruleToText({ all: [] }),
    "stage,orders",
  ];
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.oneof(fc.constantFrom(...names), fc.string()),
        fc.oneof(fc.string(), fc.array(fc.string()), fc.constantFrom(...good)),
      ),
      (params) => {
        const { list, ignored } = readListParams(params);
        expect(read(listSearch(list)).ignored).toEqual([]);
        for (const name of Object.keys(params))
          expect(Object.hasOwn(list, name) || ignored.includes(name) || name === "peek").toBe(true);
      },
    ),
  );
});

describe("readListParams", () => {
  test.each([
    ["a day that does not exist", "asOf=2026-02-30&stage=trial", { stage: "trial" }, ["asOf"]],
    [
      "an earlier day without its stage",
      "since=2026-02-03&stage=trial",
      { stage: "trial" },
      ["fromStage", "since"],
    ],
    ["an unknown name", "page=3", {}, ["page"]],
    ["a rule that is none", "rule=abc", {}, ["rule"]],
    ["a column twice", "cols=stage,stage", {}, ["cols"]],
    ["a sort by what cannot be sorted", "sort=lifetime", {}, ["sort"]],
    ["a tag that is no number", "tag=vip", {}, ["tag"]],
    ["a customer who is peeked at", "peek=7", {}, []],
  ])("%s", (_name, search, list, ignored) => {
    expect(read(search)).toEqual({ list, ignored });
  });
});

describe("a cursor", () => {
  test.each([
    ["orders", 3],
    ["acquisition_channel", "ads"],
    ["last_order_on", "2026-02-03"],
    ["since", "2026-02-03"],
    ["revenue", null],
    ["customer", null],
  ])("of a list sorted by %s comes back", (sortKey, value) => {
    const sort = { key: sortKey, descending: true };
    expect(cursorFromText(cursorToText([value, 42]), sort)).toEqual([value, 42]);
  });

  test.each([
    ["orders", "abc"],
    ["last_order_on", "yesterday"],
    ["last_order_on", 3],
    ["acquisition_channel", 3],
  ])("of another list is refused: by %s after %j", (sortKey, value) => {
    expect(cursorFromText(cursorToText([value, 42]), { key: sortKey, descending: false })).toBeNull();
  });

  test("never breaks", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...sortKeys), (text, sortKey) => {
        expect(() => cursorFromText(text, { key: sortKey, descending: false })).not.toThrow();
      }),
    );
  });
});

test("links of the board are addresses of the list", () => {
  const filter = { stage: "trial", asOf: today, since: parseDay("2026-05-31"), fromStage: APPEARED };
  expect(read(customersSearch(filter))).toEqual({ list: filter, ignored: [] });
});

test("the log is asked with '' for who was not there yet", () => {
  expect(fromStageAsked(APPEARED)).toBe("");
  expect(fromStageAsked("trial")).toBe("trial");
  expect(fromStageAsked(undefined)).toBeUndefined();
});

test("a list is never about a day that has not come", () => {
  expect(listDay(undefined, today)).toBe(today);
  expect(listDay(addDays(today, 1), today)).toBe(today);
  expect(listDay(addDays(today, -1), today)).toBe("2026-06-29");
});
