import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, readIn, test } from "./browser";
import { harbour, people } from "./world";

const boardPath = `/w/${harbour.slug}/board`;

async function choose(page: Page, item: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.getByRole("button", { name: /^Views/ }).click();
    await expect(page.getByRole("menuitem", { name: "Standard view" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a view is saved with a relative period, shared, starred, renamed, deleted, and brought back", async ({
  page,
  browser,
  baseURL,
}) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.viewer, `${boardPath}?from=2026-06-01&to=2026-06-30&compare=year&trend=table`);
  await choose(page, "Save this view…");
  const save = page.getByRole("dialog", { name: "Save this view…" });
  await save.getByRole("button", { name: "Save" }).click();
  await expect(save.getByLabel("Name")).toHaveAccessibleDescription("Give the view a name.");
  await save.getByLabel("Name").fill("This month by numbers");
  // The last 30 days and the month to date are the same days today: one says which is meant.
  await save.getByLabel("Period").selectOption({ label: "Month to date" });
  await save.getByLabel("Share with the workspace").check();
  await save.getByLabel("Open the page with this view").check();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await save.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("View “This month by numbers” is saved.")).toBeVisible();

  await page.goto(boardPath);
  await expect(page).toHaveURL(/compare=year&range=mtd&trend=table/);
  await expect(page.getByRole("button", { name: "Views, now “This month by numbers”" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Period: Jun 1, 2026 – Jun 30, 2026/ })).toBeVisible();
  await choose(page, "Standard view");
  await expect(page).toHaveURL(/\?range=30d$/);

  const colleague = await browser.newPage({ baseURL });
  await readIn(colleague, "en", baseURL!);
  await open(colleague, people.analyst, boardPath);
  await expect(colleague).toHaveURL(boardPath);
  await choose(colleague, /This month by numbers/);
  await expect(colleague).toHaveURL(/range=mtd/);
  await colleague.close();

  await choose(page, "Manage views…");
  const manage = page.getByRole("dialog", { name: "Manage views…" });
  const name = manage.getByLabel("Name of “This month by numbers”");
  await name.fill("The month");
  await name.press("Enter");
  await expect(manage.getByLabel("Name of “The month”")).toHaveValue("The month");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await manage.getByRole("button", { name: "Delete “The month”" }).click();
  await expect(manage.getByLabel("Name of “The month”")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(manage.getByLabel("Name of “The month”")).toHaveValue("The month");
  await expect(manage.getByRole("switch", { name: /Share “The month”/ })).toBeChecked();
});
