import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Locale } from "@/lib/platform/i18n/locale";
import type board from "@/lib/platform/i18n/messages/en/board.json";
import type imports from "@/lib/platform/i18n/messages/en/imports.json";
import { expect, numberOf, open, readIn, test } from "./browser";
import { harbour, people, waitingImport, yards } from "./world";

// 订单号,会员号,下单时间,实付金额,城市 and five rows, two of them bad, as a Chinese spreadsheet saves them.
const FILE = Buffer.from(
  "b6a9b5a5bac52cbbe1d4b1bac52ccfc2b5a5cab1bce42ccab5b8b6bdf0b6ee2cb3c7cad00a312c687a2d312c323032362d30362d30312031303a30302c3130302e35302cbabcd6dd0a322c687a2d312c323032362d30362d32302031303a30302c32302cbabcd6dd0a332c687a2d322c323032362d30362d32352031303a30302ccaaed4aa2cc9cfbaa30a342c2c323032362d30362d32352031303a30302c352cc9cfbaa30a352c687a2d332c323032362d30362d32362031303a30302c372cc9cfbaa30a",
  "hex",
);
const FOLDER = path.resolve(import.meta.dirname, "../../artifacts/screens");

/** The words of a room as the console says them. */
function wordsOf<T>(locale: Locale, room: string): T {
  const folder = path.resolve(import.meta.dirname, "../../lib/platform/i18n/messages", locale.slice(0, 2));
  return JSON.parse(readFileSync(path.join(folder, `${room}.json`), "utf8"));
}
const importWords = (locale: Locale) => wordsOf<typeof imports>(locale, "imports");

/** Axe finds nothing on the page as it stands; its picture is kept. */
async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => String(node.target))])).toEqual([]);
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(FOLDER, `imports-journey-${name}.png`), fullPage: true });
}

for (const locale of ["zh-CN", "en"] satisfies Locale[]) {
  test(`a spreadsheet goes in and comes out again, ${locale}`, async ({ page, baseURL }) => {
    test.setTimeout(120_000);
    const words = importWords(locale);
    const { slug } = yards[locale];
    const fill = (text: string, values: Record<string, string | number>) =>
      text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
    const next = (step: string) =>
      page
        .getByRole("link", { name: fill(words.next, { step }) })
        .or(page.getByRole("button", { name: fill(words.next, { step }) }));
    await readIn(page, locale, baseURL!);
    await open(page, people.importer, `/w/${slug}/imports`);
    await expect(page.getByRole("heading", { name: words.emptyTitle })).toBeVisible();
    await page.getByRole("link", { name: words.importFile }).click();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "订单.csv", mimeType: "text/csv", buffer: FILE });

    await page.waitForURL(/step=content/);
    await expect(page.getByRole("radio", { name: words.contents.orders, exact: true })).toBeChecked();
    await expect(page.getByText("GB18030")).toBeVisible();
    await next(words.steps.columns).click();
    for (const [column, target] of [
      ["订单号", "orderId"],
      ["会员号", "customerId"],
      ["下单时间", "occurredAt"],
      ["实付金额", "amount"],
      ["城市", "property"],
    ])
      await expect(page.getByRole("combobox", { name: `${column} ${words.target}` })).toHaveValue(target!);
    await page.getByRole("combobox", { name: `城市 ${words.target}` }).selectOption("trait");
    await look(page, `columns-${locale}`);
    await next(words.steps.preview).click();

    const refused = page.getByRole("row").filter({ hasText: words.fates.refused });
    await expect(refused).toHaveCount(2);
    await expect(refused.first()).toContainText(words.rowReasons.bad_amount);
    await page.reload();
    await expect(refused.last()).toContainText(words.rowReasons.missing_id);
    await look(page, `preview-${locale}`);
    await page.goBack();
    await expect(page.getByRole("combobox", { name: `城市 ${words.target}` })).toHaveValue("trait");
    await page.goForward();
    await next(words.steps.check).click();

    await page.getByRole("button", { name: words.runCheck }).click();
    const start = page.getByRole("button", { name: fill(words.start, { count: 3 }) });
    await expect(start).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole("row").filter({ hasText: words.notThere }).first()).toBeVisible();
    await look(page, `checked-${locale}`);
    await start.click();
    await expect(
      page.getByRole("heading", { name: fill(words.doneTitle, { name: "订单.csv" }) }),
    ).toBeVisible({
      timeout: 20_000,
    });
    const href = await page.getByRole("link", { name: words.downloadRejects }).getAttribute("href");
    const csv = await (await page.request.get(href!)).text();
    expect(csv.split("\r\n")[1]).toBe(
      `4,"${words.rowReasons.bad_amount}","实付金额","3","hz-2","2026-06-25 10:00","十元","上海"`,
    );
    await look(page, `done-${locale}`);

    await expect(async () => {
      await page.goto(`/w/${slug}/customers`);
      expect(await numberOf(page.getByTestId("customers-count"))).toBe(2);
    }).toPass({ timeout: 20_000 });

    await page.goto(`/w/${slug}/imports`);
    await page.getByRole("button", { name: words.undo }).click();
    await page.getByRole("button", { name: fill(words.undoAction, { events: 3 }) }).click();
    await expect(
      page.getByRole("heading", { name: fill(words.undoneTitle, { name: "订单.csv" }) }),
    ).toBeVisible({
      timeout: 20_000,
    });
    await expect(async () => {
      await page.goto(`/w/${slug}/board`);
      await expect(
        page.getByRole("heading", { name: wordsOf<typeof board>(locale, "board").emptyTitle }),
      ).toBeVisible({
        timeout: 1_000,
      });
    }).toPass({ timeout: 20_000 });
  });
}

test("an analyst reads imports and cannot begin one", async ({ page, baseURL }) => {
  const words = importWords("zh-CN");
  await readIn(page, "zh-CN", baseURL!);
  await open(page, people.analyst, `/w/${harbour.slug}/imports`);
  await expect(page.getByRole("link", { name: waitingImport.name })).toBeVisible();
  await expect(page.getByText(words.noPermission)).toBeVisible();
  await expect(page.getByRole("link", { name: words.importFile })).toHaveCount(0);
  await page.goto(`/w/${harbour.slug}/imports/${waitingImport.id}?step=columns`);
  await expect(page.getByRole("combobox").first()).toBeDisabled();
});

test("a workbook is refused with the way out", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await open(page, people.importer, `/w/${yards.en.slug}/imports/new`);
  const buffer = Buffer.from("504b0304140006000800", "hex");
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "orders.xlsx", mimeType: "application/zip", buffer });
  await expect(page.getByText(importWords("en").faults.spreadsheet_file)).toBeVisible();
});
