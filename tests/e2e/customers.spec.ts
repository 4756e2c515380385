import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { expect, numberOf, open, readIn, test } from "./browser";
import { harbour, people, quay } from "./world";

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
    const names = await frame.locator("tbody tr[aria-rowindex] th").allTextContents();
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

const quayPath = `/w/${quay.slug}/customers`;
const rowNames = (page: Page) => page.locator("tbody tr[aria-rowindex] th");

async function download(page: Page, link: ReturnType<Page["locator"]>): Promise<string[][]> {
  const arriving = page.waitForEvent("download");
  await link.click();
  const text = readFileSync(await (await arriving).path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  return parse(text, { bom: true }) as string[][];
}

const words = {
  "zh-CN": {
    byRule: "按规则筛选",
    metric: /^指标/,
    search: "按名称、代号或含义查找",
    revenue: "消费金额",
    operator: "比较方式",
    value: "值 (CNY)",
    show: "查看这些用户",
    echo: "¥1,000.00",
    open: "还有 1 个条件没有填完",
    columns: "列",
    column: "查找列",
    showColumn: "显示“最大单笔金额（CNY）”",
    apply: "应用",
    export: "导出 CSV",
  },
  en: {
    byRule: "Filter by rule",
    metric: /^Metric/,
    search: "Search by name, key or meaning",
    revenue: "Revenue",
    operator: "Comparison",
    value: "Value (CNY)",
    show: "Show them",
    echo: "¥1,000.00",
    open: "1 condition is not filled in",
    columns: "Columns",
    column: "Find a column",
    showColumn: "Show Largest order (CNY)",
    apply: "Apply",
    export: "Export CSV",
  },
} as const;

for (const locale of ["zh-CN", "en"] as const) {
  const w = words[locale];
  test(`a rule finds as many as it promised, and the address keeps rule, sort and columns (${locale})`, async ({
    page,
    baseURL,
  }) => {
    await readIn(page, locale, baseURL!);
    await open(page, people.reader, quayPath);
    await page.getByRole("button", { name: w.byRule }).click();
    await expect(page.getByText(w.open)).toBeVisible();

    // The first condition by keyboard alone: metric by typing, comparison, amount in major units.
    const first = page
      .getByRole("group")
      .filter({ has: page.getByLabel(w.operator) })
      .last();
    await page.getByRole("button", { name: w.metric }).focus();
    await page.keyboard.press("Enter");
    await page.getByPlaceholder(w.search).fill(w.revenue);
    await page.keyboard.press("Enter");
    await first.getByLabel(w.operator).selectOption("ge");
    await first.getByLabel(w.value).fill("1000");
    await expect(page.getByTestId("rule-words")).toContainText(w.echo);
    const promised = await numberOf(page.getByTestId("live-count"));
    expect(promised).toBeGreaterThan(0);
    expect(promised).toBeLessThan(quay.customers);
    await page.getByRole("button", { name: w.show }).click();
    await expect(page).toHaveURL(/rule=/);
    await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(promised));

    // Sorted by the metric of the rule, every amount follows the one above it and meets the rule.
    const head = page.getByRole("columnheader", { name: new RegExp(`^${w.revenue}`) }).first();
    await head.getByRole("button").first().click();
    await expect(head).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/sort=-revenue/);

    await page.getByRole("button", { name: w.columns, exact: true }).click();
    await page.getByLabel(w.column).fill("largest_order");
    await page.getByRole("checkbox", { name: w.showColumn }).check();
    await page.getByRole("button", { name: w.apply }).click();
    await expect(page).toHaveURL(/cols=[^&]*largest_order/);

    const before = await rowNames(page).allTextContents();
    await page.reload();
    await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(promised));
    expect(await rowNames(page).allTextContents()).toEqual(before);

    const [header, ...lines] = await download(page, page.getByRole("link", { name: w.export }));
    expect(lines).toHaveLength(promised);
    const at = header!.findIndex((name) => name.startsWith(w.revenue));
    const amounts = lines.map((line) => Number(line[at]));
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
    expect(Math.min(...amounts)).toBeGreaterThanOrEqual(1000);
    // An analyst may take the file along, but not the addresses in it; the screen covers them alike.
    expect(lines.map((line) => line[0])).toEqual(before);
    expect(before.every((name) => /^b\*\*\*@e\*\*\*\.com$/.test(name))).toBe(true);
  });

  test(`a row is peeked at without leaving the list (${locale})`, async ({ page, baseURL }) => {
    await readIn(page, locale, baseURL!);
    await open(page, people.manager, `${quayPath}?sort=-orders`);
    const [one, two] = await rowNames(page).allTextContents();
    await rowNames(page).first().getByRole("button").click();
    const sheet = page.getByRole("dialog");
    await expect(sheet).toContainText(one!);
    await expect(page).toHaveURL(/peek=\d+/);
    await page.keyboard.press("ArrowDown");
    await expect(sheet.getByRole("heading", { name: two! })).toBeVisible();
    await expect(sheet.getByTestId("customer-summary")).toBeVisible();
    await page.reload();
    await expect(sheet.getByRole("heading", { name: two! })).toBeVisible();
    await page.goBack();
    await expect(sheet).toHaveCount(0);
    await expect(page).toHaveURL(/sort=-orders$/);
  });
}

test("a bracket of any inside one of all says so in words and finds its customers", async ({ page }) => {
  await open(page, people.manager, quayPath);
  await page.getByRole("button", { name: "按规则筛选" }).click();
  const editor = page.getByRole("group", { name: "规则编辑器" });
  const conditions = editor.getByRole("group", { name: "条件" });
  await conditions.first().getByLabel("值 (次)").fill("1");
  await editor.getByRole("button", { name: "添加括号" }).click();
  await editor.getByLabel("条件之间的关系").last().selectOption("or");
  await conditions.last().getByRole("button", { name: /^指标/ }).click();
  await page.getByPlaceholder("按名称、代号或含义查找").fill("trait");
  await page.keyboard.press("Enter");
  await conditions.last().getByLabel("值", { exact: true }).fill("pro");
  await editor.getByRole("button", { name: "添加条件" }).last().click();
  await conditions.last().getByRole("button", { name: /^指标/ }).click();
  await page.getByPlaceholder("按名称、代号或含义查找").fill("acquisition_channel");
  await page.keyboard.press("Enter");
  await conditions.last().getByLabel("比较方式").selectOption("unknown");
  await expect(page.getByTestId("rule-words")).toContainText("满足任意一项");
  await expect(page.getByTestId("rule-words")).toContainText("获客渠道 无数据");
  const promised = await numberOf(page.getByTestId("live-count"));
  await page.getByRole("button", { name: "查看这些用户" }).click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(promised));
  const chip = page.getByTestId("filter-chip");
  await expect(chip).toContainText("（用户特征（plan） 等于 pro，或者获客渠道 无数据）");
  // What was edited is there again, bracket and all.
  await page.getByRole("button", { name: "修改规则" }).click();
  await expect(conditions).toHaveCount(3);
  await expect(editor.getByLabel("条件之间的关系")).toHaveCount(2);
  await page.getByRole("link", { name: /移除筛选/ }).click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(quay.customers));
});

test("chosen rows get a tag, the undo takes it back, and everybody of a filter can be tagged", async ({
  page,
}) => {
  await open(page, people.clerk, quayPath);
  const boxes = page.getByRole("checkbox", { name: /^选择 / });
  for (const row of [0, 1, 2]) await boxes.nth(row).check();
  await expect(page.getByTestId("selected-count")).toHaveText("已选 3 位");
  await page.getByRole("button", { name: "打标签" }).click();
  await page.getByPlaceholder("查找或输入新标签").fill("重点");
  await page.getByRole("option", { name: /新建“重点”/ }).click();
  await expect(page.getByText("已为 3 位用户打上“重点”")).toBeVisible();
  const carried = page.locator("tbody").getByText("重点", { exact: true });
  await expect(carried).toHaveCount(3);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(carried).toHaveCount(0);
  await page.getByRole("button", { name: "取消选择" }).click();

  await page.getByLabel("按阶段筛选").selectOption({ label: "流失期" });
  await expect(page.getByTestId("filter-chip")).toHaveCount(1);
  const churned = await numberOf(page.getByTestId("customers-count"));
  await page.getByRole("checkbox", { name: "选择已载入的全部用户" }).check();
  await page.getByRole("button", { name: "打标签" }).click();
  await page.getByRole("listbox").getByRole("option", { name: "重点" }).click();
  await expect(page.getByText(`已为 ${churned} 位用户打上“重点”`)).toBeVisible();
  await page.goto(quayPath);
  await page.getByLabel("按标签筛选").selectOption({ label: "重点" });
  await expect(page).toHaveURL(/tag=1/);
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(churned));

  await page.getByRole("button", { name: "管理标签" }).click();
  await page.getByRole("button", { name: "删除 重点" }).click();
  await page.getByRole("button", { name: `从 ${churned} 位用户删除` }).click();
  await expect(page.getByText("已删除“重点”")).toBeVisible();
});

test("an analyst reads and exports, and is not offered to tag", async ({ page }) => {
  await open(page, people.reader, quayPath);
  await page
    .getByRole("checkbox", { name: /^选择 / })
    .first()
    .check();
  await expect(page.getByRole("link", { name: "导出", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "打标签" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "管理标签" })).toHaveCount(0);
});

test("a rule nobody can read is named, and the list stays", async ({ page }) => {
  await open(page, people.manager, `${quayPath}?rule=%3Cscript%3E&sort=shoe&cols=a,b&tag=x&peek=x`);
  await expect(page.getByText("已忽略：cols, rule, sort, tag")).toBeVisible();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(quay.customers));
});
