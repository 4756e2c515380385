import { describe, expect, test } from "vitest";
import { commandPath } from "@/components/commands/command-path";
import { readKey, type Shortcut, shortcutGroups } from "@/components/commands/shortcuts";
import { pinyinInitials } from "@/components/palette/initials";
import { indexOf, search } from "@/components/palette/match";
import { messagesOf } from "@/lib/platform/i18n/messages";

const named = (label: string, ...also: string[]) => ({ label, also });
const entries = [
  named("生命周期看板", "Lifecycle board"),
  named("用户", "Customers"),
  named("退出登录", "Sign out"),
  named("主题：深色", "Theme: dark"),
  named("近 7 天", "Last 7 days"),
  named("港口 Harbour", "harbour"),
];
const index = indexOf(entries, pinyinInitials);
const found = (typed: string) => search(index, typed).map(({ label }) => label);

describe("the palette finds", () => {
  test.each([
    ["Chinese", "看板", "生命周期看板"],
    ["English, whatever its capitals", "LIFE", "生命周期看板"],
    ["a later word", "board", "生命周期看板"],
    ["pinyin initials from the beginning", "smzq", "生命周期看板"],
    ["pinyin initials from the middle", "kb", "生命周期看板"],
    ["pinyin initials of another", "tcdl", "退出登录"],
    ["full-width letters", "ｄａｒｋ", "主题：深色"],
    ["Chinese beside Latin letters", "gk", "港口 Harbour"],
    ["with spaces around", "  sign ", "退出登录"],
  ])("%s", (_name, typed, wanted) => {
    expect(found(typed)[0]).toBe(wanted);
  });

  test("everything in its order when nothing is typed, and nothing for what nobody has", () => {
    expect(found(" ")).toEqual(entries.map(({ label }) => label));
    expect(found("qqq")).toEqual([]);
  });

  test("what is written out before what only sounds so", () => {
    const both = indexOf([named("退出", "x"), named("TC 报表", "y")], pinyinInitials);
    expect(search(both, "tc").map(({ label }) => label)).toEqual(["TC 报表", "退出"]);
  });

  test("leaves nobody out among thousands of entries", () => {
    const many = indexOf(
      Array.from({ length: 5_000 }, (_, i) => named(`用户分群 ${i}`, `Segment ${i}`)),
      (text) => (text.startsWith("用户") ? "yhfq" : ""),
    );
    expect(search(many, "yhfq")).toHaveLength(5_000);
  });
});

describe("keys", () => {
  const shortcuts: Shortcut[] = [
    { keys: ["t"], command: "theme" },
    { keys: ["g", "b"], command: "go:board" },
  ];
  const press = (...keys: string[]) =>
    keys.reduce<{ command: string | null; typed: readonly string[] }>(
      ({ typed }, key) => readKey(typed, key, shortcuts),
      { command: null, typed: [] },
    );

  test.each([
    ["one key acts", ["t"], "theme"],
    ["capitals are the same", ["T"], "theme"],
    ["a sequence acts at its end", ["g", "b"], "go:board"],
    ["a sequence that is broken off leaves the key its own meaning", ["g", "t"], "theme"],
    ["the beginning of a sequence may be repeated", ["g", "g", "b"], "go:board"],
    ["the beginning alone does nothing", ["g"], null],
    ["an unknown key does nothing", ["x"], null],
    ["what comes after an unknown key counts anew", ["g", "x", "b"], null],
  ])("%s", (_name, keys, command) => {
    expect(press(...keys).command).toBe(command);
  });

  test("no two shortcuts of the console share their keys", () => {
    const all = Object.values(shortcutGroups)
      .flat()
      .map(({ keys }) => keys.join(" "));
    expect(new Set(all).size).toBe(all.length);
    expect(
      all.filter(
        (keys) => keys !== "g" && all.some((other) => other !== keys && other.startsWith(`${keys} `)),
      ),
    ).toEqual([]);
  });
});

test.each(["zh-CN", "en"] as const)("every command has its name in %s", (locale) => {
  const nameOf = (path: string) =>
    path
      .split(".")
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], messagesOf(locale));
  const ids = Object.values(shortcutGroups)
    .flat()
    .map(({ command }) => command);
  const more = [
    "palette",
    "theme:light",
    "theme:dark",
    "theme:system",
    "language:en",
    "language:zh-CN",
    "sign-out",
    "advance-day",
    "range:all",
  ] as const;
  expect([...ids, ...more].filter((id) => typeof nameOf(commandPath(id)) !== "string")).toEqual([]);
});
