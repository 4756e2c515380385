import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { demoMembers } from "@/lib/members/demo-sign-ins";
import type { Locale } from "@/lib/platform/i18n/locale";
import {
  empty,
  harbour,
  island,
  live,
  people,
  quay,
  teahouse,
  team,
  vault,
  waitingImport,
  website,
  wharves,
} from "./world";

/** Text an English reader would trip over, or the other way round. */
const foreignTo: Record<Locale, RegExp> = {
  en: /\p{Script=Han}+/gu,
  "zh-CN":
    /\b(the|customers?|stages?|as of|sign|from|open|total|trial|growth|stable|mature|decline|churned|loading|orders?|revenue|table|chart|days?|search|save|cancel|close|none|error)\b/gi,
};

/** Texts of the page, shown or spoken, that hold words of the other language; names people gave are left out. */
export async function foreignWords(page: Page, locale: Locale): Promise<string[]> {
  await expect(page.locator("html")).toHaveAttribute("lang", locale);
  const words = await page.evaluate(() => {
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      // Another language that says so, code to copy, and scripts are no leftovers.
      if (!element || element.closest("script, style, pre, code, [lang]:not(html)")) continue;
      if (node instanceof Text) texts.push(node.data);
      else
        for (const name of ["aria-label", "title", "placeholder"])
          texts.push(element.getAttribute(name) ?? "");
    }
    return texts.filter((text) => text.trim() !== "");
  });
  expect(words.length).toBeGreaterThan(5);
  const given = [
    harbour,
    live,
    empty,
    island,
    quay,
    team,
    teahouse,
    waitingImport,
    website,
    vault,
    ...Object.values(wharves),
    ...Object.values(people),
    ...demoMembers,
  ]
    .map((one) => one.name)
    .sort((a, b) => b.length - a.length);
  const own = words.map((text) => given.reduce((rest, name) => rest.replaceAll(name, ""), text));
  return own.filter((text) => text.match(foreignTo[locale]));
}
