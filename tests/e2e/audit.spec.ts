import { readFileSync } from "node:fs";
import { expect, open, readIn, test } from "./browser";
import { wordsOf } from "./words";
import { harbour, people, vault } from "./world";

for (const locale of ["zh-CN", "en"] as const) {
  const words = wordsOf(locale, "audit");

  test(`${locale}: a log that was tampered with says where, and its entries can be found and taken away`, async ({
    page,
    baseURL,
  }) => {
    await readIn(page, locale, baseURL!);
    await open(page, people.wharfinger, `/w/${vault.slug}/audit`);
    const entries = page.getByTestId("audit-entry");
    await expect(entries).toHaveCount(3);
    await expect(entries.first()).toContainText(people.mate.email);
    await page.getByRole("button", { name: words.verify, exact: true }).first().click();
    await expect(page.getByRole("alert").filter({ hasText: String(vault.brokenAt) })).toContainText(
      /[0-9a-f]{64}/,
    );

    await page.getByLabel(words.target).fill("nobody");
    await page.getByRole("button", { name: words.apply }).click();
    await expect(page.getByRole("heading", { name: words.noMatchTitle })).toBeVisible();
    await page.getByRole("link", { name: words.clear }).last().click();
    await expect(entries).toHaveCount(3);
    await page.getByLabel(words.what).selectOption("member.role_changed");
    await page.getByRole("button", { name: words.apply }).click();
    await expect(page).toHaveURL(/action=member\.role_changed/);
    await expect(entries).toHaveCount(3);
    const arriving = page.waitForEvent("download");
    await page.getByRole("link", { name: words.export }).click();
    const text = readFileSync(await (await arriving).path(), "utf8");
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(text.trimEnd().split("\r\n")).toHaveLength(4);
  });
}

test("an operator is not offered the log and cannot open it by its address", async ({ page }) => {
  await open(page, people.operator, `/w/${harbour.slug}/board`);
  await expect(page.getByRole("link", { name: wordsOf("zh-CN", "shell").rooms.audit })).toHaveCount(0);
  const answer = await page.request.get(`/api/workspaces/${harbour.slug}/audit/verify`);
  expect(answer.status()).toBe(403);
});
