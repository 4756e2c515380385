import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { homeWindow } from "@/lib/home/window";
import { deviceOf } from "@/lib/members/device";
import { passwordWeakness } from "@/lib/members/new-password";
import common from "@/lib/platform/auth/common-passwords.json" with { type: "json" };
import { parseDay } from "@/lib/platform/day";
import { clientAddress } from "@/lib/platform/http/client-address";
import { formatRelative } from "@/lib/platform/i18n/format";

describe("a new password", () => {
  test("is refused when it is short, common, common with a tail, or of few characters", () => {
    for (const short of ["", "short", "123456789", "密码密码密码密码密"])
      expect(passwordWeakness(short)).toBe("too_short");
    for (const weak of [
      "1234567890",
      "Password123",
      "qwertyuiop",
      "aaaaaaaaaaaa",
      "1212121212",
      "Qwertyuiop1!",
    ])
      expect(passwordWeakness(weak)).toBe("too_common");
    for (const good of ["correct horse battery", "四个毫不相干的词语在一起", "long enough", "gT7#mQ2!xL"])
      expect(passwordWeakness(good)).toBeNull();
  });

  test("is refused for every password of the list, in any case", () => {
    expect(common.length).toBeGreaterThan(6_000);
    fc.assert(
      fc.property(fc.constantFrom(...common), (one) => {
        expect(passwordWeakness(one)).not.toBeNull();
        expect(passwordWeakness(one.toUpperCase())).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

test("a device is named by what it really is", () => {
  const chrome = "(KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
  const named: [string, string | null, string | null][] = [
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 ${chrome} Edg/120.0.0.0`,
      "Edge",
      "Windows",
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 ${chrome}`, "Chrome", "Linux"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15",
      "Safari",
      "macOS",
    ],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.44", "WeChat", "iPhone"],
    [`Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 ${chrome}`, "Chrome", "Android"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox", "Linux"],
    ["curl/8.5.0", null, null],
  ];
  for (const [agent, browser, system] of named) expect(deviceOf(agent)).toEqual({ browser, system });
});

test("the address of a request is the one the nearest proxy wrote, not what the caller says", () => {
  const from = (value: string | null) =>
    clientAddress(new Headers(value === null ? {} : { "x-forwarded-for": value }));
  expect([from("1.2.3.4, 10.0.0.7"), from("::1"), from(null)]).toEqual(["10.0.0.7", "::1", "unknown"]);
});

test("what changed is told since the last visit of one to thirty days ago, else for a week", () => {
  const today = parseDay("2026-06-30");
  const real = { clockMode: "real" as const, timeZone: "Asia/Shanghai" };
  const window = (visit: string | null, workspace: Parameters<typeof homeWindow>[0] = real) => {
    const { from, sinceVisit } = homeWindow(workspace, today, visit ? new Date(visit) : null);
    return [from, sinceVisit];
  };
  const week = ["2026-06-24", false];
  expect(window(null)).toEqual(week);
  expect(window("2026-06-30T01:00:00Z")).toEqual(week);
  // Before midnight in London is already the next day in Shanghai.
  expect(window("2026-06-28T23:00:00Z")).toEqual(["2026-06-29", true]);
  expect(window("2026-05-31T04:00:00Z")).toEqual(["2026-05-31", true]);
  expect(window("2026-05-30T04:00:00Z")).toEqual(week);
  expect(window("2026-06-28T04:00:00Z", { ...real, clockMode: "fixed" })).toEqual(week);
});

test("time passed is said in its largest whole unit", () => {
  const now = new Date("2026-06-30T08:00:00Z");
  const said = (seconds: number, locale: "en" | "zh-CN" = "en") =>
    formatRelative(new Date(now.getTime() + seconds * 1000), now, locale);
  expect([0, -59, -60, -7_300, -86_400, 604_800].map((one) => said(one))).toEqual([
    "just now",
    "just now",
    "1 minute ago",
    "2 hours ago",
    "yesterday",
    "in 7 days",
  ]);
  expect(said(-180, "zh-CN")).toBe("3分钟前");
});
