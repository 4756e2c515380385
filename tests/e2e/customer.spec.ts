import { expect, open, readIn, test } from "./browser";
import { harbour, people, teahouse } from "./world";

const { regular, visitor } = teahouse;
const path = `/w/${teahouse.slug}/customers/${regular.id}`;
const api = `/api/workspaces/${teahouse.slug}/customers/${regular.id}`;

test("from a number of the board to one customer, its reasons on an earlier day, its timeline and its values", async ({
  page,
}) => {
  await open(page, people.manager, `/w/${teahouse.slug}/board`);
  await page.getByTestId("customers-total").click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(teahouse.customers));

  await page.goto(path);
  await expect(page.getByTestId("customer-name")).toHaveText(regular.masked);
  await expect(page.getByTestId("customer-stage")).toContainText("稳定期");
  await expect(page.locator('[data-metric="orders"] dd').first()).toHaveText("6");

  // An earlier day, by the band: the whole page follows.
  await page.getByTestId("stage-span").first().press("Enter");
  await expect(page).toHaveURL(/asOf=2026-03-22/);
  await expect(page.getByTestId("customer-stage")).toContainText("体验期");
  await expect(page.locator('[data-metric="orders"] dd').first()).toHaveText("0");

  await page.getByRole("link", { name: "为什么是这个阶段？" }).click();
  await expect(page).toHaveURL(/tab=why&asOf=2026-03-22/);
  await expect(page.getByTestId("why").locator('[data-verdict="held"]')).toHaveText(/体验期.*其余所有用户/s);
  await page.getByLabel("截至", { exact: true }).last().fill("2026-06-10");
  await page.getByLabel("截至", { exact: true }).last().press("Enter");
  const held = page.getByTestId("why").locator('[data-verdict="held"]');
  await expect(held).toHaveAttribute("data-stage", "stable");
  await expect(held.locator('[data-condition="orders"]').first()).toContainText("实际为 5");
  await expect(page.getByTestId("why").locator('[data-stage="mature"]')).toContainText(
    "未满足“订单数 不少于 10”，实际为 5",
  );
  await expect(page.getByTestId("changes").locator('[data-change="leave"]')).toContainText("成长期");

  await page.getByRole("link", { name: "时间线" }).click();
  await expect(page).toHaveURL(/tab=timeline/);
  await page.getByRole("button", { name: "今天" }).click();
  await expect(page).not.toHaveURL(/asOf/);
  await expect(page.getByTestId("events-count")).toHaveAttribute("value", String(regular.events));
  await expect(page.getByTestId("transition").first()).toBeVisible();
  await page.getByRole("button", { name: "全部种类" }).click();
  await page.getByRole("checkbox", { name: "浏览" }).click();
  await expect(page).toHaveURL(/kind=view/);
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("events-count")).toHaveAttribute("value", String(regular.views));
  const days = await page
    .getByTestId("timeline-day")
    .locator("h2 data")
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute("value"))));
  expect(days.reduce((sum, n) => sum + n, 0)).toBe(regular.views);
  await expect(page.getByTestId("run")).toHaveAttribute("data-events", String(regular.views - 1));

  // Values in the clear: for a reason, until one leaves.
  await page.getByRole("link", { name: "标识与特征" }).click();
  const email = page.locator('[data-testid="trait"][data-key="email"]');
  await expect(email).toContainText(regular.maskedEmail);
  expect(await page.content()).not.toContain(regular.email);
  await page.getByRole("button", { name: "查看原文" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "查看原文" })).toBeDisabled();
  await dialog.getByLabel("理由").fill("回电处理订单 T-10");
  await dialog.getByRole("button", { name: "查看原文" }).click();
  await expect(page.getByTestId("customer-name")).toHaveText(regular.key);
  await expect(email).toContainText(regular.email);
  await page.getByRole("link", { name: "概览" }).click();
  await expect(page.getByTestId("customer-stage")).toBeVisible();
  await expect(page.getByTestId("customer-name")).toHaveText(regular.key);
  await page.goto(`/w/${teahouse.slug}/board`);
  await page.goto(path);
  await expect(page.getByTestId("customer-name")).toHaveText(regular.masked);
});

test("properties in the timeline are masked, and revealed with the rest", async ({ page }) => {
  await open(page, people.manager, `${path}?tab=timeline&kind=order,complaint`);
  const complaint = page.locator('[data-testid="event"][data-kind="complaint"]');
  await complaint.locator("summary").first().click();
  await expect(complaint).toContainText(`请打 ${regular.masked} 联系我`);
  const order = page.locator('[data-testid="event"][data-kind="order"]').first();
  await expect(order).toContainText("龙井 × 2");
  expect(await page.content()).not.toContain(regular.key);
  await page.getByRole("button", { name: "查看原文" }).click();
  await page.getByLabel("理由").fill("投诉回访");
  await page.getByRole("dialog").getByRole("button", { name: "查看原文" }).click();
  await expect(complaint).toContainText(`请打 ${regular.key} 联系我`);
  await page.getByRole("button", { name: "恢复脱敏" }).click();
  await expect(complaint).toContainText(`请打 ${regular.masked} 联系我`);
});

test("an operator reads everything masked and is not offered more", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.operator, `${path}?tab=why`);
  await expect(page.getByTestId("customer-name")).toHaveText(regular.masked);
  await expect(page.getByText("Personal values are masked")).toBeVisible();
  await expect(page.getByRole("button", { name: "Reveal personal values" })).toHaveCount(0);
  await expect(page.getByTestId("why").locator('[data-stage="mature"]')).toContainText(
    "Not met: Orders is at least 10 (it is 6)",
  );
  const refused = await page.request.post(`${api}/reveal`, {
    data: { reason: "curious" },
    headers: { origin: baseURL! },
  });
  expect(refused.status()).toBe(403);
});

test("what was believed before a correction is kept and shown", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.manager, `${path}?history=table`);
  const rows = page.getByRole("region", { name: "Stages, day by day" }).getByRole("row");
  await expect(rows.filter({ hasText: "Corrected later" }).first()).toBeVisible();
  await page.getByTestId("corrections").locator("summary").click();
  await expect(page.getByTestId("corrections").getByRole("row").nth(1)).toBeVisible();
});

test("a merged id leads to the customer it belongs to; other ids are not found", async ({ page }) => {
  await open(page, people.manager, `/w/${teahouse.slug}/customers/${visitor}`);
  await expect(page).toHaveURL(`${path}?mergedFrom=${visitor}`);
  await expect(page.getByText(`用户 ${visitor} 已确认是同一位用户`)).toBeVisible();
  await page.getByRole("link", { name: "标识与特征" }).click();
  await expect(page.getByTestId("identity").filter({ hasText: "anon-7" })).toContainText("并入");
  for (const nobody of [
    `/w/${teahouse.slug}/customers/999999999`,
    `/w/${teahouse.slug}/customers/abc`,
    `/w/${harbour.slug}/customers/${regular.id}`,
  ]) {
    await page.goto(nobody);
    await expect(page.getByText("没有找到这个页面")).toBeVisible();
  }
});

test("before its first day a customer is not there, and the page says when it is", async ({ page }) => {
  await open(page, people.manager, `${path}?asOf=2026-01-01`);
  await expect(page.getByText("2026年1月1日 时还没有这位用户")).toBeVisible();
  await page.getByRole("link", { name: "查看 2026年3月22日" }).click();
  await expect(page.getByTestId("customer-stage")).toContainText("体验期");
});

test("numeric ids without traits are nobody's secret: nothing is masked", async ({ page }) => {
  await open(page, people.manager, `/w/${teahouse.slug}/customers/${regular.id + 1}`);
  await expect(page.getByTestId("customer-name")).toHaveText("u-2");
  await expect(page.getByText("个人信息已脱敏")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "查看原文" })).toHaveCount(0);
});

test("the trait's history is fetched on demand", async ({ page }) => {
  await open(page, people.manager, `${path}?tab=details`);
  await page.getByRole("button", { name: "“plan”的历史" }).click();
  await expect(page.getByRole("dialog").getByRole("listitem")).toHaveText([/gold/, /silver/]);
});
