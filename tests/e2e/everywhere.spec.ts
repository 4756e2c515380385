import { expect, open, readIn, signIn, test } from "./browser";
import { harbour, people } from "./world";

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
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText(`Hello, ${people.linguist.name}`);
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

  test("the menu opens the rooms", async ({ page, baseURL }) => {
    await readIn(page, "en", baseURL!);
    await open(page, people.manager, `/w/${harbour.slug}/board`);
    await page.getByRole("button", { name: "Open menu" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Customers" }).click();
    await expect(page).toHaveURL(`/w/${harbour.slug}/customers`);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("answers carry the security headers", async ({ request }) => {
  for (const path of ["/sign-in", "/api/openapi.json", "/healthz"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});
