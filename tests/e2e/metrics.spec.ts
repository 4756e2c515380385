import { expect, numberOf, open, readIn, test } from "./browser";
import { harbour, people, quay } from "./world";

const words = {
  "zh-CN": {
    search: "查找指标",
    count: /^1 \/ \d+ 个指标$/,
    details: "消费金额 的详情",
    spread: "分布",
    sql: "计算语句",
  },
  en: {
    search: "Search metrics",
    count: /^1 of \d+ metrics$/,
    details: "Details of Revenue",
    spread: "Distribution",
    sql: "SQL",
  },
} as const;

for (const locale of ["zh-CN", "en"] as const) {
  const w = words[locale];
  test(`a metric says what it is, how it is computed and spread, and each bar opens its customers (${locale})`, async ({
    page,
    baseURL,
  }) => {
    await readIn(page, locale, baseURL!);
    await open(page, people.analyst, `/w/${harbour.slug}/metrics`);
    await page.getByLabel(w.search).fill("revenue refunds minus");
    await page.getByLabel(w.search).fill("(the order part");
    await expect(page.getByTestId("metrics-count")).toHaveText(w.count);
    await expect(page).toHaveURL(/q=/);
    await page.getByRole("button", { name: w.details }).click();
    const sheet = page.getByRole("dialog");
    await expect(sheet.getByRole("region", { name: w.sql })).toContainText("FROM customer_day d");
    const bars = sheet.getByTestId("distribution").getByRole("row");
    await expect(sheet.getByRole("heading", { name: w.spread })).toBeVisible();
    await expect(bars.nth(1)).toBeVisible();
    const counts = (await bars.getByRole("link").allTextContents()).map((text) =>
      Number(text.replace(",", "")),
    );
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(harbour.customers);
    for (const place of [0, counts.length - 1]) {
      const list = await page.context().newPage();
      await list.goto((await bars.getByRole("link").nth(place).getAttribute("href"))!);
      expect(await numberOf(list.getByTestId("customers-count"))).toBe(counts[place]);
      await list.close();
    }
    await page.keyboard.press("Escape");
    await expect(sheet).toHaveCount(0);
  });
}

test("a trait is shown by its labels, a metric without stored values is computed", async ({ page }) => {
  await open(page, people.reader, `/w/${quay.slug}/metrics?metric=trait`);
  const spread = page.getByTestId("distribution");
  await expect(spread.getByRole("rowheader")).toHaveCount(3);
  expect((await spread.getByRole("rowheader").allTextContents()).sort()).toEqual(["free", "pro", "team"]);
  await page.goto(`/w/${quay.slug}/metrics?metric=event_change`);
  await expect(spread.locator("data").first()).toBeVisible();
});

test("nothing found says so and leads back", async ({ page }) => {
  await open(page, people.reader, `/w/${quay.slug}/metrics?q=zzz`);
  await expect(page.getByText("没有符合的指标")).toBeVisible();
  await page.getByRole("button", { name: "清除查找" }).click();
  await expect(page.getByTestId("metric-row").first()).toBeVisible();
});
