import { expect, readIn, signIn, test } from "./browser";
import { harbour, live, people } from "./world";

test("a wrong password and an unknown address are answered alike; the right one opens the home page", async ({
  page,
}) => {
  const refusal = page.locator("#sign-in-refusal");
  await signIn(page, people.operator, "not the password");
  await expect(refusal).toHaveText("邮箱或密码不正确。请检查后重试。");
  await signIn(page, { email: "nobody@e2e.test" });
  await expect(refusal).toHaveText("邮箱或密码不正确。请检查后重试。");
  await signIn(page, people.operator);
  await expect(page).toHaveURL(`/w/${harbour.slug}/home`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`你好，${people.operator.name}`);
});

test("after failures one waits, and is told how long", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  const refusal = page.locator("#sign-in-refusal");
  await page.goto("/sign-in");
  for (let i = 0; i < 6; i++) {
    await page.locator('input[name="email"]').fill("guessed@e2e.test");
    await page.locator('input[name="password"]').fill(`guess number ${i}`);
    const answered = page.waitForResponse((answer) => answer.url().includes("/api/auth/callback/"));
    await page.locator('form button[type="submit"]').click();
    await answered;
    if ((await refusal.textContent())?.startsWith("Too many")) break;
  }
  await expect(refusal).toHaveText(/^Too many attempts\. Try again in \d+ s\.$/);
});

test("signing out closes the door; no page opens without signing in", async ({ page }) => {
  await signIn(page, people.operator);
  await expect(page).toHaveURL(/\/home$/);
  await page.waitForLoadState();
  await page.getByRole("button", { name: /账号/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await expect(page).toHaveURL("/sign-in");
  await page.goto(`/w/${harbour.slug}/customers`);
  await expect(page).toHaveURL("/sign-in");
});

test("a workspace of others is not found", async ({ page }) => {
  await signIn(page, people.outsider);
  await expect(page).toHaveURL(`/w/${live.slug}/home`);
  await page.goto(`/w/${harbour.slug}/board`);
  await expect(page.getByText("没有找到这个页面")).toBeVisible();
});

test("a member of nothing is told what to do", async ({ page }) => {
  await signIn(page, people.stranger);
  await expect(page.getByText("还没有可进入的工作区")).toBeVisible();
  await expect(page.getByText(people.stranger.email)).toBeVisible();
});

test("the demo accounts are listed and open their workspace", async ({ page, baseURL }) => {
  await readIn(page, "en", baseURL!);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in as Analyst" }).click();
  await expect(page).toHaveURL(`/w/${harbour.slug}/home`);
});
