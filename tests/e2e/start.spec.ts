import type { Page } from "@playwright/test";
import { addDays, localDay } from "@/lib/platform/day";
import { expect, numberOf, open, readIn, test } from "./browser";
import { wordsOf } from "./words";
import { people, shops } from "./world";

const step = (page: Page, name: string) => page.getByTestId(`step-${name}`);

test("from an empty workspace to a board of one's own file", async ({ page, baseURL }) => {
  test.setTimeout(120_000);
  const board = wordsOf("zh-CN", "board");
  const imports = wordsOf("zh-CN", "imports");
  const start = wordsOf("zh-CN", "start");
  const { slug } = shops["zh-CN"];
  const startedAt = performance.now();
  await readIn(page, "zh-CN", baseURL!);
  await open(page, people.founder, `/w/${slug}/home`);
  await expect(step(page, "data")).toHaveAttribute("data-done", "false");
  await page.getByRole("link", { name: start.importFile }).click();
  const today = localDay(new Date(), "Asia/Shanghai");
  const lines = ["订单号,会员号,下单时间,实付金额"];
  for (let i = 1; i <= 20; i++)
    lines.push(`A${i},vip-${i % 6},${addDays(today, -i)} 10:00,${(i * 12.5).toFixed(2)}`);
  await page.locator('input[type="file"]').setInputFiles({
    name: "订单.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`${lines.join("\n")}\n`),
  });
  await page.waitForURL(/step=content/);
  const next = (name: string) => {
    const label = imports.next.replace("{step}", name);
    return page.getByRole("link", { name: label }).or(page.getByRole("button", { name: label }));
  };
  await next(imports.steps.columns).click();
  await next(imports.steps.preview).click();
  await next(imports.steps.check).click();
  await page.getByRole("button", { name: imports.runCheck }).click();
  await page.getByRole("button", { name: imports.start.replace("{count}", "20") }).click({ timeout: 20_000 });
  await expect(page.getByRole("heading", { name: /订单\.csv/ })).toBeVisible({ timeout: 20_000 });
  await expect(async () => {
    await page.goto(`/w/${slug}/start`);
    for (const name of ["data", "people", "stages"])
      await expect(step(page, name)).toHaveAttribute("data-done", "true", { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(step(page, "colleagues")).toHaveAttribute("data-done", "false");
  await step(page, "stages").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: board.title })).toBeVisible();
  await expect(page.getByRole("heading", { name: board.emptyTitle })).toHaveCount(0);
  console.log(`to a board of one's own file: ${Math.round((performance.now() - startedAt) / 1000)} s`);
});

test("sample data fills the board in one click and goes in one", async ({ page, baseURL }) => {
  test.setTimeout(180_000);
  const words = wordsOf("en", "start");
  const { slug } = shops.en;
  await readIn(page, "en", baseURL!);
  await open(page, people.founder, `/w/${slug}/board`);
  await page.getByRole("button", { name: words.hide }).click();
  await expect(page.getByText(words.hiddenHint)).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: words.title }).click();
  await page.getByRole("button", { name: words.show }).click();
  await expect(page.getByText(words.hidden)).toHaveCount(0);

  const startedAt = performance.now();
  await page.getByRole("button", { name: words.sample.load }).click();
  await expect(page.getByText(words.sample.present)).toBeVisible({ timeout: 90_000 });
  console.log(`to a board of sample data: ${Math.round((performance.now() - startedAt) / 1000)} s`);
  await expect(step(page, "stages")).toHaveAttribute("data-done", "true");
  await page.goto(`/w/${slug}/customers`);
  expect(await numberOf(page.getByTestId("customers-count"))).toBeGreaterThan(250);

  await page.goto(`/w/${slug}/start`);
  await page.getByRole("button", { name: words.sample.remove }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: words.sample.remove }).click();
  await expect(page.getByRole("button", { name: words.sample.load })).toBeVisible({ timeout: 90_000 });
  await page.goto(`/w/${slug}/board`);
  await expect(page.getByRole("heading", { name: wordsOf("en", "board").emptyTitle })).toBeVisible();
});
