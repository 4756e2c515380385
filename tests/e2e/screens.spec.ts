import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { type Locale, locales } from "@/lib/platform/i18n/locale";
import { expect, open, readIn, test } from "./browser";
import { foreignWords } from "./foreign-words";
import { pages, type WalkedPage } from "./pages";
import { people } from "./world";

const FOLDER = path.resolve(import.meta.dirname, "../../artifacts/screens");
const PAGE_MS = 20_000;

/** Ways to look at a page. */
const looks = [
  { colorScheme: "light", width: 1280, height: 800 },
  { colorScheme: "dark", width: 1280, height: 800 },
  { colorScheme: "light", width: 360, height: 740 },
] as const;

const pictureOf = (locale: Locale, { colorScheme, width }: (typeof looks)[number], page: WalkedPage) =>
  `${page.name}-${locale}-${colorScheme}-${width}.png`;

async function visit(page: Page, { path: address, person }: WalkedPage): Promise<void> {
  if (person) await open(page, people[person], address);
  else {
    await page.context().clearCookies({ name: /session-token/ });
    await page.goto(address);
  }
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

test.beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, "index.html"), leaflet());
});

for (const locale of locales) {
  for (const look of looks) {
    const { colorScheme, width, height } = look;
    test.describe(`${locale}, ${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height } });

      test("every page: axe finds nothing, nothing scrolls sideways, no word is foreign", async ({
        page,
        baseURL,
      }) => {
        test.setTimeout(pages.length * PAGE_MS);
        await readIn(page, locale, baseURL!);
        for (const one of pages) {
          await visit(page, one);
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(({ id, nodes }) => ({
            id,
            at: nodes.map((node) => `${node.target} ${node.failureSummary}`),
          }));
          expect.soft(found, one.name).toEqual([]);
          const beyond = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect.soft(beyond, `${one.name} scrolls sideways`).toBe(0);
          expect.soft(await foreignWords(page, locale), `${one.name} in ${locale}`).toEqual([]);
          await page.screenshot({
            path: path.join(FOLDER, pictureOf(locale, look, one)),
            fullPage: true,
            animations: "disabled",
          });
        }
      });
    });
  }
}

/** All pictures on one page, a row a page of the console, to leaf through. */
function leaflet(): string {
  const rows = pages.map((page) => {
    const pictures = locales.flatMap((locale) => looks.map((look) => pictureOf(locale, look, page)));
    const cells = pictures.map(
      (file) => `<a href="${file}"><img loading="lazy" src="${file}" alt="${file}"></a>`,
    );
    return `<h2>${page.name}</h2>\n<div>${cells.join("\n")}</div>`;
  });
  return `<!doctype html>
<meta charset="utf-8">
<title>Screens</title>
<style>body{font:14px system-ui;margin:24px}div{display:flex;gap:12px;overflow-x:auto}img{height:420px;border:1px solid #ccc}</style>
<h1>Screens</h1>
${rows.join("\n")}
`;
}
