import { expect, test } from "vitest";
import { locales } from "@/lib/platform/i18n/locale";
import { messagesOf } from "@/lib/platform/i18n/messages";

/** Every sentence of a catalogue by its path. */
function sentences(node: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[`${path}${key}`, value] as const]
        : [...sentences(value, `${path}${key}.`)],
    ),
  );
}

const catalogues = new Map(locales.map((locale) => [locale, sentences(messagesOf(locale))]));
const zh = catalogues.get("zh-CN")!;
const en = catalogues.get("en")!;

/** Names of the values a sentence is filled with. */
const holes = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/[{<]([a-z]+)[,}>]/gi)].map((match) => match[1]!))].sort();

test("both catalogues have the same keys", () => {
  expect([...zh.keys()]).toEqual([...en.keys()]);
  expect(zh.size).toBeGreaterThan(100);
});

test("a sentence takes the same values in both languages", () => {
  // "n" only chooses the plural form, which Chinese does not have.
  const taken = (all: Map<string, string>) =>
    Object.fromEntries([...all].map(([key, text]) => [key, holes(text).filter((name) => name !== "n")]));
  expect(taken(zh)).toEqual(taken(en));
});

test("no Chinese sentence holds English words, apart from names", () => {
  const names =
    /Perennial|OpenAPI|Retry-After|TSV|JSONL|JSON|gzip|UTF-8|UTF-16|GB18030|openid|unionid|Asia\/Shanghai|Segment|HTTP|CSV|PNG|SDK|ARPU|LT|WRITE_KEY|Ctrl|--dry-run|JSON|ISO|revenue|null|guest/g;
  const plain = (text: string) =>
    text
      .replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, "")
      .replace(/<\/?\w+>/g, "")
      .replace(names, "");
  expect([...zh].filter(([, text]) => /[A-Za-z]{2,}/.test(plain(text)))).toEqual([]);
});

test("no English sentence holds Chinese", () => {
  expect([...en].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
});

test("no sentence is empty", () => {
  expect([...zh, ...en].filter(([, text]) => text.trim() === "")).toEqual([]);
});
