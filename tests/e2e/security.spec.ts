// Not the test of browser.ts, which fails on what a blocked script makes the browser print.
import { expect, test } from "@playwright/test";

test("a page runs the scripts of its own nonce and no other inline script", async ({ page, request }) => {
  const scripts = async () =>
    /script-src ([^;]*)/.exec(
      (await request.get("/sign-in")).headers()["content-security-policy"] ?? "",
    )?.[1];
  const [one, other] = [await scripts(), await scripts()];
  expect(one).toMatch(/'nonce-[\w+/=]{20,}'/);
  expect(one).not.toContain("unsafe-inline");
  expect(one).not.toBe(other);

  await page.goto("/sign-in");
  const outcome = await page.evaluate(
    () =>
      new Promise((done) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
          done({ directive: effectiveDirective, ran: "smuggled" in window }),
        );
        document.body.insertAdjacentHTML("beforeend", `<button onclick="window.smuggled = true">x</button>`);
        (document.body.lastElementChild as HTMLElement).click();
      }),
  );
  expect(outcome).toEqual({ directive: "script-src-attr", ran: false });
});

test("another site's page cannot change anything, with or without a cookie", async ({ request, baseURL }) => {
  for (const origin of ["http://evil.test", "null", undefined]) {
    const answer = await request.post("/api/preferences", {
      data: { locale: "en" },
      headers: origin === undefined ? {} : { origin },
    });
    expect([origin, answer.status()]).toEqual([origin, 403]);
  }
  const own = await request.post("/api/preferences", {
    data: { locale: "en" },
    headers: { origin: baseURL! },
  });
  expect(own.status()).toBe(200);
});
