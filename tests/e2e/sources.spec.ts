import type { APIRequestContext, Page } from "@playwright/test";
import { expect, open, readIn, test } from "./browser";
import { wordsOf } from "./words";
import { people, wharves } from "./world";

/** Sends an order as a sender would, with a key and no session; answers the status. */
async function sendOrder(
  request: APIRequestContext,
  writeKey: string,
  messageId: string,
  properties: object,
): Promise<number> {
  const answer = await request.post("/v1/track", {
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}` },
    data: { event: "Order Completed", userId: "u-1", messageId, properties },
  });
  return answer.status();
}

/** The key on the screen; closes what shows it. */
async function takeKey(page: Page, done: string): Promise<string> {
  const key = (await page.getByTestId("write-key").textContent()) ?? "";
  await page.getByRole("button", { name: done }).click();
  await expect(page.getByTestId("write-key")).toHaveCount(0);
  return key;
}

for (const locale of ["zh-CN", "en"] as const) {
  const words = wordsOf(locale, "sources");
  const home = `/w/${wharves[locale].slug}/sources`;

  test(`${locale}: a source is made, a wrong name is mapped, the refused event is replayed, keys come and go`, async ({
    page,
    request,
    baseURL,
  }) => {
    await readIn(page, locale, baseURL!);
    await open(page, people.wharfinger, home);
    await expect(page.getByRole("heading", { name: words.noneTitle })).toBeVisible();
    await page.getByRole("button", { name: words.create }).click();
    await page.getByLabel(words.name).fill("Shop");
    await page.getByRole("dialog").getByRole("button", { name: words.create }).click();
    const first = await takeKey(page, words.keyDone);
    expect(first).toMatch(/^clm_[\w-]{43}$/);

    expect(await sendOrder(request, first, "good", { revenue: "10.00" })).toBe(200);
    expect(await sendOrder(request, first, "bad", { 总价: "25.50" })).toBe(400);
    await page.reload();
    await page.getByRole("link", { name: words.toQuarantine }).click();
    await expect(page.getByTestId("quarantine-count")).toHaveAttribute("value", "1");
    await expect(page.getByTestId("quarantine-sample")).toContainText("revenue");

    await page.getByRole("link", { name: "Shop" }).click();
    await page.getByRole("button", { name: `${words.addLine}: ${words.mapProperties}` }).click();
    const line = page.getByRole("group", { name: `${words.mapProperties} 1` });
    await line.getByLabel(words.from).fill("总价");
    await line.getByLabel(words.to).fill("revenue");
    await page.getByRole("button", { name: words.preview }).click();
    const preview = page.getByTestId("mapping-preview");
    await expect(preview.getByRole("row")).toHaveCount(2);
    await expect(preview).toContainText("25.50");
    await page.getByRole("button", { name: words.saveMapping }).click();
    await page.getByRole("button", { name: words.replay }).click();
    // The worker drains: both orders are stored.
    await expect(async () => {
      await page.goto(home);
      const source = page.getByTestId("source");
      await expect(source.locator("dl > div", { hasText: words.accepted }).locator("data")).toHaveAttribute(
        "value",
        "2",
      );
      await expect(source.locator("dl > div", { hasText: words.refused }).locator("data")).toHaveAttribute(
        "value",
        "0",
      );
    }).toPass();
    expect(await sendOrder(request, first, "mapped", { 总价: "1.00" })).toBe(200);

    await page.getByRole("link", { name: "Shop" }).click();
    await page.getByRole("button", { name: words.rotate }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: words.rotate }).click();
    const second = await takeKey(page, words.keyDone);
    expect(await sendOrder(request, first, "old key", { revenue: 1 })).toBe(200);
    expect(await sendOrder(request, second, "new key", { revenue: 1 })).toBe(200);
    await page.getByRole("button", { name: words.revoke }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: words.revokeAction }).click();
    await expect(page.getByRole("button", { name: words.rotate })).toHaveCount(0);
    for (const key of [first, second])
      expect(await sendOrder(request, key, "late", { revenue: 1 })).toBe(401);

    await open(page, people.watcher, home);
    await expect(page.getByTestId("source")).toBeVisible();
    await expect(page.getByRole("button", { name: words.create })).toHaveCount(0);
    await page.getByRole("link", { name: "Shop" }).click();
    await expect(page.getByText(words.mappingReader)).toBeVisible();
    for (const name of [words.rename, words.saveMapping, words.replay])
      await expect(page.getByRole("button", { name })).toHaveCount(0);
  });
}
