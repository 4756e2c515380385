import { describe, expect, test } from "vitest";
import { parseDay } from "@/lib/platform/day";
import {
  formatChange,
  formatCount,
  formatDay,
  formatDifference,
  formatShare,
  formatShort,
} from "@/lib/platform/i18n/format";
import { acceptedLocale } from "@/lib/platform/i18n/locale";

describe("numbers", () => {
  test.each([
    [9_999, "9,999", "9,999"],
    [12_345, "1.2万", "12.3K"],
    [340_000_000, "3.4亿", "340M"],
  ])("%i is short", (value, zh, en) => {
    expect(formatShort(value, "zh-CN")).toBe(zh);
    expect(formatShort(value, "en")).toBe(en);
  });

  test("counts are exact", () => expect(formatCount(1_234_567, "zh-CN")).toBe("1,234,567"));

  test("a share of nothing is no number", () => {
    expect(formatShare(0, 0, "en")).toBeNull();
    expect(formatShare(1, 3, "en")).toBe("33.3%");
    expect(formatShare(0, 3, "en")).toBe("0.0%");
  });

  test("a change from nothing is no percentage", () => {
    expect(formatChange(5, 0, "en")).toBeNull();
    expect(formatChange(5, 4, "en")).toBe("+25.0%");
    expect(formatDifference(0, "en")).toBe("0");
    expect(formatDifference(3, "zh-CN")).toBe("+3");
  });
});

test("days do not shift with the machine's zone", () => {
  expect(formatDay(parseDay("2011-12-09"), "zh-CN")).toBe("2011年12月9日");
  expect(formatDay(parseDay("2011-12-09"), "en")).toBe("Dec 9, 2011");
});

describe("acceptedLocale", () => {
  test.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["en-GB,en;q=0.9", "en"],
    ["de, en;q=0.3, zh;q=0.7", "zh-CN"],
    ["zh;q=0, en;q=0.1", "en"],
    ["fr", null],
    ["", null],
    [";;;q=,", null],
  ])("%s → %s", (header, locale) => expect(acceptedLocale(header)).toBe(locale));
  test("no header asks for nothing", () => expect(acceptedLocale(null)).toBeNull());
});
