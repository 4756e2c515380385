import { expect, open, readIn, test } from "./browser";
import { harbour, people } from "./world";

const path = `/w/${harbour.slug}/api-docs`;

test.describe("in English", () => {
  test("a call opens to who may ask, what it takes and a command to copy", async ({ page, baseURL }) => {
    await readIn(page, "en", baseURL!);
    await open(page, people.analyst, `/w/${harbour.slug}/board`);
    await page.getByRole("link", { name: "API", exact: true }).click();
    await expect(page).toHaveURL(path);
    const call = page.locator("#getCustomersExport");
    await call.locator("summary").click();
    await expect(call.getByRole("listitem")).toHaveText(["Operator", "Analyst", "Manager", "Admin"]);
    await expect(call.getByRole("region", { name: "Example" })).toContainText(
      `/api/workspaces/${harbour.slug}/customers/export`,
    );
    const track = page.locator("#ingestTrack");
    await track.locator("summary").click();
    await expect(track.getByRole("listitem")).toHaveText(["Write key of a source"]);
  });
});

test("is written in Chinese where it is ours, and the document downloads", async ({ page, request }) => {
  await open(page, people.operator, path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("接口文档");
  const link = page.getByRole("link", { name: "OpenAPI 文档" });
  const answer = await request.get((await link.getAttribute("href"))!);
  expect(await answer.json()).toMatchObject({ openapi: "3.1.0" });
});
