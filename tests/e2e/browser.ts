import { test as base, type Cookie, expect, type Page } from "@playwright/test";
import { LOCALE_COOKIE, type Locale } from "@/lib/platform/i18n/locale";
import { PASSWORD } from "./world";

export { expect };

/** A test whose page may print no error and load nothing from elsewhere. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      // Chromium prints a refused sign-in or password and a page that is not found (404) by itself.
      const { url } = message.location();
      const expected = /\/api\/(auth\/callback|account)\//.test(url) || url === page.url();
      if (message.type() === "error" && !(expected && message.text().startsWith("Failed to load resource")))
        faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith("http") && origin !== new URL(baseURL!).origin)
        faults.push(`foreign: ${request.url()}`);
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Reads in this language from the first page on. */
export async function readIn(page: Page, locale: Locale, baseURL: string): Promise<void> {
  await page.context().addCookies([{ name: LOCALE_COOKIE, value: locale, url: baseURL }]);
}

/** Signs in through the page as a person would. */
export async function signIn(page: Page, person: { email: string }, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await page.locator('input[name="email"]').fill(person.email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form button[type="submit"]').click();
}

/** Sessions of this worker by address: what a journey is not about is done once. */
const sessions = new Map<string, Cookie[]>();

async function sessionOf(page: Page, person: { email: string }): Promise<Cookie[]> {
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  await page.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: person.email, password: PASSWORD, json: "true" },
  });
  const cookies = (await page.context().cookies()).filter(({ name }) => name.endsWith("session-token"));
  expect(cookies).toHaveLength(1);
  sessions.set(person.email, cookies);
  return cookies;
}

/** Opens a page as that person, signing in without the page where that has not happened yet. */
export async function open(page: Page, person: { email: string }, path: string): Promise<void> {
  const kept = sessions.get(person.email);
  await page.context().addCookies(kept ?? (await sessionOf(page, person)));
  await page.goto(path);
  // A sixth sign-in of the same person elsewhere ends the oldest session, which may be the one that was kept.
  if (kept && new URL(page.url()).pathname === "/sign-in") {
    await sessionOf(page, person);
    await page.goto(path);
  }
}

/** The exact number an element shows. */
export async function numberOf(locator: ReturnType<Page["locator"]>): Promise<number> {
  return Number(await locator.getAttribute("value"));
}
