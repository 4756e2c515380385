import type { Locale } from "@/lib/platform/i18n/locale";
import { expect, open, readIn, test } from "./browser";
import { wordsOf } from "./words";
import { harbour, offices, people } from "./world";

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

for (const locale of ["zh-CN", "en"] satisfies Locale[]) {
  test(`an admin sets a workspace up, ${locale}`, async ({ page, browser, baseURL }) => {
    const words = wordsOf(locale, "settings");
    const address = `/w/${offices[locale].slug}/settings`;
    await readIn(page, locale, baseURL!);
    await open(page, people.keeper, address);
    const save = page.getByRole("button", { name: words.save, exact: true });
    const name = page.getByRole("textbox", { name: words.name, exact: true }).first();
    const currency = page.getByRole("combobox", { name: words.currency });
    await expect(save).toBeDisabled();

    await name.fill(" ");
    await save.click();
    await expect(page.getByText(words.fault.name)).toBeVisible();
    await name.fill("总部 HQ");
    await currency.selectOption("EUR");
    await page.getByRole("combobox", { name: words.timeZone }).selectOption("Europe/Berlin");
    await save.click();
    await expect(page.getByText(words.saved)).toBeVisible();
    await page.reload();
    await expect(name).toHaveValue("总部 HQ");
    await expect(currency).toHaveValue("EUR");

    // Somebody else saves first: what they changed is shown, and one's own words are still there.
    const theirs = await (await browser.newContext({ baseURL: baseURL! })).newPage();
    await readIn(theirs, locale, baseURL!);
    await open(theirs, people.keeper, address);
    await name.fill("总部 Main");
    await page.getByRole("button", { name: words.save, exact: true }).click();
    await expect(page.getByText(words.saved).last()).toBeVisible();
    await theirs.getByRole("combobox", { name: words.weekStart }).selectOption("7");
    await theirs.getByRole("button", { name: words.save, exact: true }).click();
    await expect(theirs.getByTestId("changed-meanwhile")).toHaveText(
      fill(words.conflictField, { field: words.name, before: "总部 HQ", after: "总部 Main" }),
    );
    await expect(theirs.getByRole("combobox", { name: words.weekStart })).toHaveValue("7");
    await theirs.getByRole("button", { name: words.save, exact: true }).click();
    await expect(theirs.getByText(words.saved)).toBeVisible();
    await theirs.context().close();
    await page.reload();
    await expect(name).toHaveValue("总部 Main");
    await expect(page.getByRole("combobox", { name: words.weekStart })).toHaveValue("7");

    await page.getByRole("radio", { name: words.clockMode.fixed }).click();
    await page.getByLabel(words.clockDay, { exact: true }).fill("2026-03-01");
    await page.getByRole("button", { name: words.setClock }).click();
    const asking = page.getByRole("alertdialog");
    await expect(asking).toContainText(words.clockWorker);
    await asking.getByRole("button", { name: words.setClock }).click();
    await expect(page.getByTestId("clock-now")).toContainText(words.clockMode.fixed);
    await page.reload();
    await expect(page.getByTestId("clock-now")).toContainText(
      locale === "en" ? "Mar 1, 2026" : "2026年3月1日",
    );

    await page.getByRole("button", { name: words.paste }).click();
    const pasting = page.getByRole("dialog");
    await pasting.getByLabel(words.pasteLines).fill("2026-10-01 国庆节\n2026/1/1 元旦\n13 月");
    await pasting.getByRole("button").last().click();
    await expect(pasting.getByText(fill(words.lineFault.day, { line: "3" }))).toBeVisible();
    await pasting.getByLabel(words.pasteLines).fill("2026-10-01 国庆节\n2026/1/1 元旦");
    await pasting.getByRole("button").last().click();
    const days = page.getByRole("table", { name: words.holidays }).getByRole("row");
    await expect(days).toHaveCount(3);
    await expect(days.nth(1)).toContainText("元旦");
    await days.nth(1).getByRole("button").click();
    await expect(days).toHaveCount(2);
    await page.getByRole("button", { name: wordsOf(locale, "states").undo }).click();
    await expect(days).toHaveCount(3);
  });
}

test("who is no admin reads the settings and changes nothing", async ({ page, baseURL }) => {
  const words = wordsOf("en", "settings");
  await readIn(page, "en", baseURL!);
  await open(page, people.analyst, `/w/${harbour.slug}/home`);
  await page.getByRole("navigation").getByRole("link", { name: words.title }).click();
  await expect(page.getByText(words.readOnly)).toBeVisible();
  await expect(page.getByRole("textbox", { name: words.name, exact: true })).toBeDisabled();
  await expect(page.getByRole("button", { name: words.save, exact: true })).toHaveCount(0);
  await expect(page.getByRole("button", { name: words.setClock })).toHaveCount(0);
  const answer = await page.request.put(`/api/workspaces/${harbour.slug}/settings`, {
    headers: { origin: baseURL! },
    data: {},
  });
  expect(answer.status()).toBe(403);
});

test("what data depends on is kept, and the reason stands there", async ({ page, baseURL }) => {
  const words = wordsOf("zh-CN", "settings");
  await readIn(page, "zh-CN", baseURL!);
  await open(page, people.admin, `/w/${harbour.slug}/settings`);
  await expect(page.getByRole("combobox", { name: words.currency })).toBeDisabled();
  await expect(page.getByText(words.currencySettled)).toBeVisible();
  await expect(page.getByText(words.timeZoneSettled)).toBeVisible();
});
