import AxeBuilder from "@axe-core/playwright";
import { locales } from "@/lib/platform/i18n/locale";
import { expect, open, readIn, signIn, test } from "./browser";
import { empty, harbour, island, live, people } from "./world";

const pages = [
  `/w/${harbour.slug}/board`,
  `/w/${harbour.slug}/board?trend=table&flow=table`,
  `/w/${empty.slug}/board`,
  `/w/${harbour.slug}/customers?stage=growth&asOf=2026-06-15&since=2026-05-31&fromStage=trial`,
  `/w/${harbour.slug}/nowhere`,
];

/** Text an English reader would trip over, or the other way round; names people gave are left out. */
const foreignTo = {
  en: /\p{Script=Han}+/gu,
  "zh-CN":
    /\b(the|customers?|stages?|as of|sign|from|open|total|trial|growth|stable|mature|decline|churned|loading|orders?|revenue|table|chart|days?)\b/gi,
};

for (const locale of locales) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ colorScheme });

      test("axe finds nothing", async ({ page, baseURL }) => {
        test.slow();
        await readIn(page, locale, baseURL!);
        await page.goto("/sign-in");
        await expect(page.locator("html")).toHaveClass(colorScheme);
        const found = (await new AxeBuilder({ page }).analyze()).violations;
        for (const path of pages) {
          await open(page, people.manager, path);
          await expect(page.locator(".skeleton")).toHaveCount(0);
          found.push(...(await new AxeBuilder({ page }).analyze()).violations);
        }
        expect(
          found.map(({ id, nodes }) => ({
            id,
            at: nodes.map((node) => `${node.target} ${node.failureSummary}`),
          })),
        ).toEqual([]);
      });
    });
  }

  test(`in ${locale} no word of the other language is left, shown or spoken`, async ({ page, baseURL }) => {
    await readIn(page, locale, baseURL!);
    for (const path of pages) {
      await open(page, people.manager, path);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      const words = await page.evaluate(() => {
        const texts = [document.title];
        const walker = document.createTreeWalker(
          document.body,
          NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
        );
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const element = node instanceof Element ? node : node.parentElement;
          // Another language that says so, code to copy, and scripts are no leftovers.
          if (!element || element.closest("script, style, pre, [lang]:not(html)")) continue;
          if (node instanceof Text) texts.push(node.data);
          else
            for (const name of ["aria-label", "title", "placeholder"])
              texts.push(element.getAttribute(name) ?? "");
        }
        return texts.filter((text) => text.trim() !== "");
      });
      const given = [harbour, live, empty, island, ...Object.values(people)].map((one) => one.name);
      const own = words.map((text) => given.reduce((rest, name) => rest.replaceAll(name, ""), text));
      expect(own.length).toBeGreaterThan(10);
      expect(own.filter((text) => text.match(foreignTo[locale]))).toEqual([]);
    }
  });
}

test("the language is switched in place, kept, and follows the member to another browser", async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page, people.linguist, `/w/${harbour.slug}/board`);
  await page.getByRole("button", { name: /English/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lifecycle board");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lifecycle board");

  const elsewhere = await browser.newPage({ baseURL });
  await signIn(elsewhere, people.linguist);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Lifecycle board");
  await elsewhere.close();

  await page.getByRole("button", { name: /中文/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("生命周期看板");
});

test("the theme is chosen and kept", async ({ page }) => {
  await open(page, people.operator, `/w/${harbour.slug}/board`);
  for (const [name, theme] of [
    ["深色", "dark"],
    ["浅色", "light"],
  ] as const) {
    await page.getByRole("button", { name: "主题" }).click();
    await page.getByRole("menuitemradio", { name }).click();
    await expect(page.locator("html")).toHaveClass(theme);
    await page.reload();
    await expect(page.locator("html")).toHaveClass(theme);
  }
});

test.describe("on a phone of 360 px", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("no page scrolls sideways, and the menu opens the rooms", async ({ page, baseURL }) => {
    for (const locale of locales) {
      await readIn(page, locale, baseURL!);
      for (const path of pages) {
        await open(page, people.manager, path);
        await expect(page.locator(".skeleton")).toHaveCount(0);
        const beyond = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(beyond, `${path} in ${locale}`).toBe(0);
      }
    }
    await page.goto(pages[0]!);
    await page.getByRole("button", { name: "Open menu" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Customers" }).click();
    await expect(page).toHaveURL(`/w/${harbour.slug}/customers`);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("answers carry the security headers", async ({ request }) => {
  const headers = (await request.get("/sign-in")).headers();
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-powered-by"]).toBeUndefined();
});
