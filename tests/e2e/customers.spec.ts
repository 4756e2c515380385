import { readFileSync } from "node:fs";
import { expect, numberOf, open, readIn, test } from "./browser";
import { harbour, people } from "./world";

const ROW_PX = 36;
/** Fewer than are drawn at a time, so that none is passed over. */
const ROWS_A_STEP = 15;
const listPath = `/w/${harbour.slug}/customers`;

test("the whole list is reached by scrolling, each customer once", async ({ page }) => {
  await open(page, people.manager, listPath);
  const frame = page.getByRole("region", { name: "用户名单" });
  await expect(frame.getByRole("table")).toHaveAttribute("aria-rowcount", String(harbour.customers + 1));
  const seen = new Set<string>();
  for (let row = 0; row < harbour.customers; row += ROWS_A_STEP) {
    // Further rows are fetched when one comes near the end, so a step may have to be tried again.
    await expect(async () => {
      await frame.evaluate((one, top) => one.scrollTo(0, top), row * ROW_PX);
      await expect(frame.locator(`tr[aria-rowindex="${row + 2}"]`)).toBeVisible({ timeout: 500 });
    }).toPass();
    const names = await frame.locator("tbody tr[aria-rowindex] td:first-child").allTextContents();
    for (const name of names) seen.add(name);
  }
  expect(seen.size).toBe(harbour.customers);
});

test("filters are chips in the URL that can be taken off one by one", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await open(
    page,
    people.manager,
    `${listPath}?stage=growth&asOf=2026-06-15&since=2026-05-31&fromStage=trial`,
  );
  const chips = page.getByTestId("filter-chip");
  await expect(chips).toHaveText(["Stage: Growth", "As of Jun 15, 2026", "On May 31, 2026: Trial"]);
  const narrow = await numberOf(page.getByTestId("customers-count"));
  await page.getByRole("link", { name: /Remove filter “On May 31/ }).click();
  await expect(chips).toHaveCount(2);
  expect(await numberOf(page.getByTestId("customers-count"))).toBeGreaterThan(narrow);
  await page.goBack();
  await expect(chips).toHaveCount(3);
  await page.getByRole("link", { name: "Clear all" }).first().click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(harbour.customers));
});

test("a stage is chosen from the list of stages", async ({ page }) => {
  await open(page, people.manager, listPath);
  await page.getByLabel("按阶段筛选").selectOption({ label: "稳定期" });
  await expect(page).toHaveURL(/stage=stable/);
  await expect(page.getByTestId("filter-chip")).toHaveText(["阶段：稳定期"]);
});

test("filters nobody can read are named and left out", async ({ page }) => {
  await open(page, people.manager, `${listPath}?stage=%27%3B--&asOf=2026-02-30&__proto__=1`);
  await expect(page.getByText(/已忽略：/)).toBeVisible();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(harbour.customers));
});

test("no match says why and leads back", async ({ page }) => {
  await open(page, people.manager, `${listPath}?stage=mature&asOf=2020-01-01`);
  await expect(page.getByText("没有符合条件的用户")).toBeVisible();
  await page.getByRole("link", { name: "清除全部" }).last().click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(harbour.customers));
});

test("the export holds as many customers as the page counts", async ({ page }) => {
  await open(page, people.manager, `${listPath}?stage=churned`);
  const counted = await numberOf(page.getByTestId("customers-count"));
  const arriving = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出 CSV" }).click();
  const text = readFileSync(await (await arriving).path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  expect(text.trimEnd().split("\r\n")).toHaveLength(counted + 1);
});

test("who may not export is not offered it", async ({ page }) => {
  await open(page, people.operator, listPath);
  await expect(page.getByTestId("customers-count")).toBeVisible();
  await expect(page.getByRole("link", { name: "导出 CSV" })).toHaveCount(0);
});
