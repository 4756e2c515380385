import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Board } from "@/lib/stages/board";
import { expect, numberOf, open, readIn, test } from "./browser";
import { empty, harbour, island, live, people } from "./world";

const boardPath = `/w/${harbour.slug}/board`;

test("every customer is in one stage, and each stage opens exactly its customers", async ({ page }) => {
  await open(page, people.manager, boardPath);
  const total = await numberOf(page.getByTestId("customers-total").locator("data"));
  expect(total).toBe(harbour.customers);

  const tiles = page.getByTestId("stage-tile");
  await expect(tiles).toHaveCount(6);
  let sum = 0;
  for (const tile of await tiles.all()) {
    const link = tile.getByRole("link");
    const shown = await numberOf(link.locator("data"));
    sum += shown;
    const href = (await link.getAttribute("href"))!;
    const list = await page.context().newPage();
    await list.goto(href);
    expect(await numberOf(list.getByTestId("customers-count"))).toBe(shown);
    await list.close();
  }
  expect(sum).toBe(total);
});

test("clicking a stage, a part of the bar and the total leads to their lists", async ({ page }) => {
  await open(page, people.manager, boardPath);
  const tile = page.locator('[data-testid="stage-tile"][data-stage="churned"]');
  const churned = await numberOf(tile.locator("data"));
  await tile.getByRole("link").click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(churned));
  await page.goBack();
  await page
    .getByRole("list", { name: "各阶段用户占比" })
    .getByRole("link", { name: /^流失期/ })
    .click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(churned));
  await page.goBack();
  await page.getByTestId("customers-total").click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(harbour.customers));
});

test("each cell of the transition matrix opens exactly its customers", async ({ page }) => {
  await open(page, people.manager, boardPath);
  const cells = page.getByTestId("matrix-cell");
  await expect(cells.first()).toBeVisible();
  const shown = await cells.evaluateAll((all) =>
    all.map((cell) => ({
      href: cell.getAttribute("href"),
      customers: Number(cell.getAttribute("data-customers")),
    })),
  );
  expect(shown.reduce((sum, cell) => sum + cell.customers, 0)).toBe(harbour.customers);
  for (const { href, customers } of shown) {
    await page.goto(href!);
    expect(await numberOf(page.getByTestId("customers-count"))).toBe(customers);
  }
});

test("a link of the flow chart opens its customers", async ({ page }) => {
  await open(page, people.manager, boardPath);
  const link = page.getByTestId("flow-link").filter({ hasText: "流失期 → 流失期" });
  const customers = (await link.locator("title").textContent())!.match(/：([\d,]+) /)![1]!.replace(",", "");
  await link.dispatchEvent("click");
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", customers);
});

test("the API says what the page says", async ({ page }) => {
  await open(page, people.manager, `${boardPath}?from=2026-05-01&to=2026-05-31`);
  const answer = await page.request.get(
    `/api/workspaces/${harbour.slug}/board?from=2026-05-01&to=2026-05-31`,
  );
  const board: Board = await answer.json();
  expect(await numberOf(page.getByTestId("customers-total").locator("data"))).toBe(board.customers);
  for (const stage of board.stages) {
    const tile = page.locator(`[data-testid="stage-tile"][data-stage="${stage.key}"]`);
    expect(await numberOf(tile.locator("data"))).toBe(stage.customers);
  }
  const cells = await page
    .getByTestId("matrix-cell")
    .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute("data-customers"))));
  const byNumber = (a: number, b: number) => a - b;
  expect(cells.sort(byNumber)).toEqual(board.flow.map((cell) => cell.customers).sort(byNumber));
});

test("the period lives in the URL: presets, own days, and Back", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.manager, boardPath);
  const picker = page.getByRole("button", { name: /^Period:/ });
  await picker.click();
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/from=2026-06-24&to=2026-06-30/);
  await picker.click();
  await page.getByLabel("From", { exact: true }).fill("2026-03-01");
  await page.getByLabel("To", { exact: true }).fill("2026-07-31");
  await expect(page.getByLabel("To", { exact: true })).toHaveAccessibleDescription(/up to Jun 30, 2026/);
  await page.getByLabel("To", { exact: true }).fill("2026-03-31");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/from=2026-03-01&to=2026-03-31/);
  await expect(page.getByRole("button", { name: /^Period: Mar 1, 2026 – Mar 31, 2026/ })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/from=2026-06-24&to=2026-06-30/);
});

test("the period is compared with the one before, the same days last year, or nothing", async ({
  page,
  baseURL,
}) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.manager, `${boardPath}?from=2026-06-01&to=2026-06-30`);
  const trend = page.getByRole("region", { name: "How do the stages change over time?" });
  const before: Board = await (
    await page.request.get(`/api/workspaces/${harbour.slug}/board?from=2026-05-02&to=2026-05-31`)
  ).json();
  const growth = page.locator('[data-testid="stage-tile"][data-stage="growth"]');
  const now = await numberOf(growth.locator("data"));
  const then = before.stages.find(({ key }) => key === "growth")!.customers;
  await expect(growth).toContainText(now >= then ? `+${now - then}` : `${now - then}`);
  await expect(trend.getByText("Dashed: compared period, May 2, 2026 – May 31, 2026")).toBeVisible();

  await page.getByLabel("Compare with").selectOption("year");
  await expect(page).toHaveURL(/compare=year/);
  await expect(growth).toContainText("Nothing to compare");
  await page.getByLabel("Compare with").selectOption("none");
  await expect(page).toHaveURL(/compare=none/);
  await expect(growth).not.toContainText("Nothing to compare");
  await expect(trend.getByText(/Dashed/)).toHaveCount(0);
});

test("an address nobody can read still shows the board, and says so", async ({ page }) => {
  await open(page, people.manager, `${boardPath}?from=yesterday&to=2026-13-45&flow=pie&x=1`);
  await expect(page.getByText("已忽略：from, to, x")).toBeVisible();
  await expect(page.getByTestId("customers-total")).toBeVisible();
});

test("a figure is taken away as numbers and as a picture", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, people.manager, boardPath);
  const trend = page.getByRole("region", { name: "How do the stages change over time?" });
  await expect(trend.locator(".recharts-area-curve").first()).toBeVisible();
  const take = async (what: string) => {
    await trend.getByRole("button", { name: /^Save/ }).click();
    const arriving = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: what }).click();
    const file = await arriving;
    return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
  };
  const csv = await take("Numbers (CSV)");
  expect(csv.name).toBe(`${harbour.slug}-trend-2026-06-01-2026-06-30.csv`);
  const lines = csv.content.toString("utf8").trimEnd().split("\r\n");
  expect(lines[0]).toBe('\uFEFF"Day","Trial","Growth","Stable","Mature","Decline","Churned","Total"');
  expect(lines.at(-1)).toMatch(new RegExp(`^"2026-06-30",.*,${harbour.customers}$`));
  const png = await take("Picture (PNG)");
  expect(png.content.subarray(1, 4).toString()).toBe("PNG");
  const width = png.content.readUInt32BE(16);
  expect(width).toBeGreaterThanOrEqual(2 * (await trend.boundingBox())!.width);
  mkdirSync("artifacts", { recursive: true });
  writeFileSync("artifacts/trend-dark.png", png.content);
});

test("every chart can become its table, with the same numbers", async ({ page }) => {
  await open(page, people.manager, boardPath);
  const trend = page.getByRole("region", { name: "各阶段人数如何变化？" });
  await trend.getByRole("button", { name: "表" }).click();
  await expect(page).toHaveURL(/trend=table/);
  const newest = trend.getByRole("row").nth(1);
  const numbers = (await newest.getByRole("cell").allTextContents()).map(Number);
  const tiles = await page
    .getByTestId("stage-tile")
    .locator("data")
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute("value"))));
  expect(numbers).toEqual([...tiles, harbour.customers]);
});

test("a stage says what it is and which rule leads into it", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.manager, boardPath);
  await page.getByRole("button", { name: "What is Churned?" }).click();
  const words = page.getByRole("dialog", { name: "What is Churned?" });
  await expect(words).toContainText("Silent for long");
  await expect(words).toContainText("number 1 of 6");
  await page.keyboard.press("Escape");
  await expect(words).toHaveCount(0);
});

test("the workspace switch goes to another workspace", async ({ page }) => {
  await open(page, people.manager, boardPath);
  await page.getByRole("button", { name: /切换工作区/ }).click();
  await page.getByRole("menuitem", { name: new RegExp(live.name) }).click();
  await expect(page).toHaveURL(`/w/${live.slug}/home`);
  await page.goto(`/w/${live.slug}/board`);
  await expect(page.getByTestId("customers-total").locator("data")).toHaveAttribute(
    "value",
    String(live.customers),
  );
  await expect(page.getByText("今天尚未结束，以虚线显示")).toBeVisible();
});

test("an empty workspace says how to bring data in", async ({ page }) => {
  await open(page, people.manager, `/w/${empty.slug}/board`);
  await expect(page.getByText("这个工作区还没有用户")).toBeVisible();
  await expect(page.locator(`a[href="/w/${empty.slug}/imports/new"]`).first()).toBeVisible();
});

test("the clock is advanced by a day, and the page follows", async ({ page }) => {
  await open(page, people.manager, `/w/${island.slug}/board?from=2026-03-01&to=${island.today}`);
  await expect(page.getByTestId("as-of")).toHaveAttribute("data-day", island.today);
  await page.getByRole("button", { name: "推进一天" }).click();
  await expect(page.getByText(/已推进到 2026年4月1日/)).toBeVisible();
  await expect(page.getByTestId("as-of")).toHaveAttribute("data-day", "2026-04-01");
  await expect(page).toHaveURL(/from=2026-03-02&to=2026-04-01/);
  const tiles = page.getByTestId("stage-tile").locator("data");
  const counts = await tiles.evaluateAll((all) => all.map((one) => Number(one.getAttribute("value"))));
  const total = await numberOf(page.getByTestId("customers-total").locator("data"));
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(total);
});

test("who may not move the clock is not offered it", async ({ page }) => {
  await open(page, people.analyst, boardPath);
  await expect(page.getByTestId("as-of")).toBeVisible();
  await expect(page.getByRole("button", { name: "推进一天" })).toHaveCount(0);
});
