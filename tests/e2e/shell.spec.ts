import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, readIn, test } from "./browser";
import { harbour, island, live, people } from "./world";

const boardPath = `/w/${harbour.slug}/board`;

const palette = (page: Page) => page.getByRole("dialog", { name: /搜索与操作|Search and act/ });

/** Presses a key until it shows: the page listens once it has come to life. */
async function press(page: Page, key: string, shown: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await shown();
  }).toPass();
}

const openPalette = (page: Page) =>
  press(page, "Control+k", () => expect(palette(page)).toBeVisible({ timeout: 2_000 }));

test.describe("the command palette", () => {
  test.beforeEach(async ({ page }) => {
    await page.route("**/customers/search?*", (route) => {
      const asked = new URL(route.request().url()).searchParams.get("q");
      const customers =
        asked === "shop-00" ? [{ customerId: 7, displayKey: "shop-0007", stage: "trial" }] : [];
      return route.fulfill({ json: { customers } });
    });
  });

  test("finds customers by a part of their id", async ({ page }) => {
    await open(page, people.manager, boardPath);
    await openPalette(page);
    await page.keyboard.type("shop-00");
    await expect(palette(page).getByRole("option")).toHaveText(["shop-0007"]);
  });

  test("finds pages by Chinese, English and the initials of their pinyin", async ({ page }) => {
    await open(page, people.manager, boardPath);
    await openPalette(page);
    const options = palette(page).getByRole("option");
    for (const typed of ["用户", "custo", "yh"]) {
      await page.getByRole("combobox").fill(typed);
      await expect(options.first()).toHaveText("用户");
    }
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/w/${harbour.slug}/customers`);
    await expect(palette(page)).toHaveCount(0);
  });

  test("changes theme and language, goes to another workspace, sets the period", async ({
    page,
    baseURL,
  }) => {
    await readIn(page, "en", baseURL!);
    await open(page, people.manager, boardPath);
    await openPalette(page);
    await page.keyboard.type("dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveClass("dark");
    await openPalette(page);
    await page.keyboard.type("year to");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/from=2026-01-01&to=2026-06-30/);
    await openPalette(page);
    await page.keyboard.type("nowhere");
    await expect(palette(page).getByText("Nothing fits")).toBeVisible();
    await page.getByRole("combobox").fill("实时");
    await expect(palette(page).getByRole("option")).toHaveText([live.name]);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/w/${live.slug}/home`);
  });

  test("offers the clock only to who may move it, and only where it stands", async ({ page }) => {
    await open(page, people.analyst, boardPath);
    await openPalette(page);
    await page.keyboard.type("tjyt");
    await expect(palette(page).getByRole("option")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await open(page, people.manager, `/w/${island.slug}/board`);
    await openPalette(page);
    await page.keyboard.type("tjyt");
    await expect(palette(page).getByRole("option")).toHaveText(["时钟推进一天"]);
  });

  test("is spoken well, and gives the focus back", async ({ page }) => {
    await open(page, people.manager, boardPath);
    const button = page.getByRole("button", { name: "搜索", exact: true });
    await button.focus();
    await press(page, "Enter", () => expect(palette(page)).toBeVisible({ timeout: 2_000 }));
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();
  });
});

test.describe("keys", () => {
  test("go to rooms, set the period, find the filter, switch the theme", async ({ page, baseURL }) => {
    await readIn(page, "en", baseURL!);
    await open(page, people.manager, boardPath);
    await press(page, "w", () => expect(page).toHaveURL(/from=2026-06-24&to=2026-06-30/, { timeout: 2_000 }));
    await page.keyboard.press("q");
    await expect(page).toHaveURL(/from=2026-04-01&to=2026-06-30/);
    await page.keyboard.press("t");
    await expect(page.locator("html")).toHaveClass("dark");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await expect(page).toHaveURL(`/w/${harbour.slug}/customers`);
    const filter = page.getByLabel("Filter by stage");
    await expect(filter).toBeVisible();
    await page.keyboard.press("/");
    await expect(filter).toBeFocused();
    // Letters belong to the list while it has the focus.
    await page.keyboard.press("t");
    await expect(page.locator("html")).toHaveClass("dark");
  });

  test("are listed by ? and can be turned off, which this browser remembers", async ({ page, baseURL }) => {
    await readIn(page, "en", baseURL!);
    await open(page, people.manager, boardPath);
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await press(page, "?", () => expect(sheet).toBeVisible({ timeout: 2_000 }));
    await expect(sheet.getByText("Go to the filter of the page")).toBeVisible();
    await expect(sheet.getByText("Month to date")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await sheet.getByRole("switch", { name: "Single keys" }).click();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.keyboard.press("t");
    await page.keyboard.press("?");
    await expect(sheet).toHaveCount(0);
    await expect(page.locator("html")).toHaveClass("light");
    await press(page, "Control+k", () => expect(palette(page)).toBeVisible({ timeout: 2_000 }));
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
    await sheet.getByRole("switch", { name: "Single keys" }).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await expect(page.locator("html")).toHaveClass("dark");
  });
});
