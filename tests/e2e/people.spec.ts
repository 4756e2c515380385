import type { Browser, Page } from "@playwright/test";
import { expect, numberOf, open, readIn, signIn, test } from "./browser";
import { harbour, PASSWORD, people, team } from "./world";

/** A browser of its own for somebody else in the same journey. */
async function elsewhere(browser: Browser, baseURL: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL })).newPage();
  await readIn(page, "en", baseURL);
  return page;
}

test.describe("in English", () => {
  test.beforeEach(({ page, baseURL }) => readIn(page, "en", baseURL!));

  test("an invited person accepts, lands on the page of their role, and is out when suspended", async ({
    page,
    browser,
    baseURL,
  }) => {
    await open(page, people.lead, `/w/${team.slug}/members`);
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByRole("dialog").getByLabel("Email").fill("newcomer@e2e.test");
    await page.getByRole("dialog").getByLabel("Role").selectOption("analyst");
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByLabel("Invitation link").inputValue();
    await page.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("rowheader", { name: "newcomer@e2e.test" })).toBeVisible();

    const theirs = await elsewhere(browser, baseURL!);
    await theirs.goto(link);
    await theirs.getByLabel("Your name").fill("Nia");
    await theirs.getByLabel("Choose a password").fill("1234567890");
    await theirs.getByRole("button", { name: "Accept and sign in" }).click();
    await expect(theirs.getByText("Too many people use this password")).toBeVisible();
    await theirs.getByLabel("Choose a password").fill("four unrelated words here");
    await theirs.getByRole("button", { name: "Accept and sign in" }).click();
    await expect(theirs).toHaveURL(`/w/${team.slug}/home`);
    await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Hello, Nia");
    await expect(theirs.getByRole("heading", { name: "Value" })).toBeVisible();
    await theirs.goto(`/w/${team.slug}/members`);
    await expect(theirs.getByText("Your role does not include this page")).toBeVisible();
    await theirs.goto(link);
    await expect(theirs.getByText("This invitation is over")).toBeVisible();

    await page.reload();
    const row = page.getByTestId("newcomer@e2e.test");
    await row.getByLabel("Role of Nia").selectOption("operator");
    await expect(page.getByText("Nia is now Operator.")).toBeVisible();
    await theirs.goto(`/w/${team.slug}/home`);
    await expect(theirs.getByText("What changed and what waits for you.")).toBeVisible();

    await row.getByRole("button", { name: "Actions for Nia" }).click();
    await page.getByRole("menuitem", { name: "Suspend" }).click();
    await expect(row.getByText("Suspended")).toBeVisible();
    await theirs.goto(`/w/${team.slug}/board`);
    await expect(theirs.getByText("This page was not found")).toBeVisible();
    await theirs.goto("/");
    await expect(theirs.getByText("Your access is suspended")).toBeVisible();
    await theirs.context().close();
  });

  test("a change that wants a recent sign-in asks for the password, then goes through", async ({
    browser,
    baseURL,
  }) => {
    const page = await elsewhere(browser, baseURL!);
    await open(page, people.lead, `/w/${team.slug}/members`);
    // Ten minutes cannot be waited for: the first answer is what a session of eleven minutes gets.
    const refusal = { code: "forbidden", message: "Not now", details: { reauth: true }, requestId: "test" };
    const address = "**/api/workspaces/*/invitations";
    await page.route(address, (route) => route.fulfill({ status: 403, json: { error: refusal } }), {
      times: 1,
    });
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByRole("dialog").getByLabel("Email").fill("guest@e2e.test");
    await page.getByRole("button", { name: "Make the link" }).click();
    const asking = page.getByRole("dialog", { name: "Is it you?" });
    await asking.getByLabel("Present password").fill("not the password");
    await asking.getByRole("button", { name: "Confirm" }).click();
    await expect(asking.getByText("The password is not correct.")).toBeVisible();
    await asking.getByLabel("Present password").fill(PASSWORD);
    await asking.getByRole("button", { name: "Confirm" }).click();
    await expect(page.getByLabel("Invitation link")).toHaveValue(/\/invite\/[\w-]{43}$/);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Take back the invitation of guest@e2e.test" }).click();
    await expect(page.getByRole("rowheader", { name: "guest@e2e.test" })).toHaveCount(0);
    await page.context().close();
  });

  test("one sees where one is signed in, and ends the others", async ({ page, browser, baseURL }) => {
    await signIn(page, people.roamer);
    await expect(page).toHaveURL(/\/home$/);
    const [second, third] = [await elsewhere(browser, baseURL!), await elsewhere(browser, baseURL!)];
    for (const other of [second, third]) {
      await signIn(other, people.roamer);
      await expect(other).toHaveURL(/\/home$/);
    }
    await page.goto("/account");
    const rows = page.getByRole("listitem").filter({ hasText: "signed in" });
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: "This one" })).toHaveCount(1);
    await expect(rows.first()).toContainText("Chrome on Linux");
    await rows.filter({ hasNotText: "This one" }).first().getByRole("button").click();
    await expect(rows).toHaveCount(2);
    await page.getByRole("button", { name: "Sign out everywhere else (1)" }).click();
    await expect(rows).toHaveCount(1);
    for (const other of [second, third]) {
      await other.reload();
      await expect(other).toHaveURL("/sign-in");
      await expect(other.getByText("You were signed out from another browser of yours.")).toBeVisible();
      await other.context().close();
    }
  });

  test("a key reads what it may, for its workspace, until it is revoked", async ({ page, request }) => {
    await open(page, people.lead, `/w/${team.slug}/keys`);
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByLabel("Name").fill("Warehouse");
    await page.getByRole("button", { name: "Create key" }).click();
    const key = await page.getByLabel("Key", { exact: true }).inputValue();
    await page.getByRole("button", { name: "Done" }).click();

    const ask = async (path: string, bearer = key) =>
      (
        await request.get(`/api/workspaces/${path}`, { headers: { authorization: `Bearer ${bearer}` } })
      ).status();
    expect(await ask(`${team.slug}/board`)).toBe(200);
    expect(await ask(`${team.slug}/members`)).toBe(403);
    expect(await ask(`${harbour.slug}/board`)).toBe(404);
    expect(await ask(`${team.slug}/board`, `${key.slice(0, -1)}!`)).toBe(401);

    await page.reload();
    const row = page.getByTestId("Warehouse");
    await expect(row).toContainText("now");
    await row.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Rotate" }).click();
    const next = await page.getByLabel("Key", { exact: true }).inputValue();
    await page.getByRole("button", { name: "Done" }).click();
    expect([await ask(`${team.slug}/board`), await ask(`${team.slug}/board`, next)]).toEqual([200, 200]);
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
    await expect(row.getByText("Revoked")).toBeVisible();
    expect([await ask(`${team.slug}/board`), await ask(`${team.slug}/board`, next)]).toEqual([401, 401]);
  });
});

test("每个角色都有自己的首页，数字打开的名单与数字一致", async ({ page }) => {
  const words = [
    [people.operator, "有哪些变化，有什么待处理。"],
    [people.analyst, "价值如何变化，用户去了哪里。"],
    [people.manager, "没有待审批的事项"],
    [people.admin, "系统是否正常运行，谁在使用。"],
  ] as const;
  for (const [person, text] of words) {
    await open(page, person, `/w/${harbour.slug}/home`);
    await expect(page.getByText(text)).toBeVisible();
  }
  await open(page, people.operator, `/w/${harbour.slug}/home`);
  const move = page.getByTestId("home-move").first();
  const count = await numberOf(move.locator("data"));
  expect(count).toBeGreaterThan(0);
  await move.getByRole("link").click();
  await expect(page.getByTestId("customers-count")).toHaveAttribute("value", String(count));
});

test("改密码要先输入当前密码，改后其他登录随即退出", async ({ page, browser, baseURL }) => {
  await signIn(page, people.roamer);
  await expect(page).toHaveURL(/\/home$/);
  const other = await elsewhere(browser, baseURL!);
  await signIn(other, people.roamer);
  await expect(other).toHaveURL(/\/home$/);
  await page.goto("/account");
  const change = async (present: string, next: string) => {
    await page.getByLabel("当前密码").fill(present);
    await page.getByLabel("新密码").fill(next);
    await page.getByRole("button", { name: "修改密码" }).click();
  };
  await change("not the password", "another good phrase");
  await expect(page.getByText("密码不正确。")).toBeVisible();
  await change(PASSWORD, "short");
  await expect(page.getByText("太短：至少 10 个字符。")).toBeVisible();
  // Back to the same words, because other journeys sign in as this person too.
  await change(PASSWORD, PASSWORD);
  await expect(page.getByText(/密码已修改/)).toBeVisible();
  await other.reload();
  await expect(other.getByText("You were signed out because your password was changed.")).toBeVisible();
  await other.context().close();
});
