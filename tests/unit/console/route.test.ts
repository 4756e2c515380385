import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import { requestCookies } from "@/lib/platform/http/cookies";
import { route } from "@/lib/platform/http/route";
import { isSameOrigin } from "@/lib/platform/http/same-origin";

const url = "http://console.test/api/thing";
const context = { params: Promise.resolve({}) };
const own = { origin: "http://console.test", host: "console.test", "content-type": "application/json" };

const declared = { summary: "A route of this test", who: "anyone", answer: z.unknown() };

const throwing = (error: unknown) =>
  route({
    ...declared,
    access: async () => null,
    handle: async () => {
      throw error;
    },
  });

describe("errors", () => {
  test.each<[ErrorCode, number]>([
    ["bad_input", 400],
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["too_large", 413],
    ["busy", 503],
  ])("%s answers %i in the caller's language", async (code, status) => {
    const handler = throwing(new AppError(code, "an inner sentence"));
    const zh = await handler(new Request(url), context);
    const en = await handler(new Request(url, { headers: { "accept-language": "en" } }), context);
    expect([zh.status, en.status]).toEqual([status, status]);
    const [zhBody, enBody] = [await zh.json(), await en.json()];
    expect(zhBody.error.code).toBe(code);
    expect(zhBody.error.message).toMatch(/\p{Script=Han}/u);
    expect(enBody.error.message).not.toMatch(/\p{Script=Han}/u);
  });

  test("an unknown fault says its request id and nothing else", async () => {
    const answer = await throwing(new Error("password=hunter2"))(new Request(url), context);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain("hunter2");
    expect(JSON.parse(text).error.requestId).toBe(answer.headers.get("x-request-id"));
  });

  test("the chosen language beats the browser's", async () => {
    const headers = { "accept-language": "zh-CN", cookie: "a=1; locale=en" };
    const answer = await throwing(new AppError("busy", ""))(new Request(url, { headers }), context);
    expect((await answer.json()).error.message).not.toMatch(/\p{Script=Han}/u);
  });
});

describe("parsing", () => {
  const handler = route({
    ...declared,
    query: z.strictObject({ n: z.coerce.number().int() }),
    access: async () => null,
    handle: async ({ query }) => query,
  });

  test("gives the handler what it declared", async () => {
    const answer = await handler(new Request(`${url}?n=3`), context);
    expect(await answer.json()).toEqual({ n: 3 });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("names what is wrong field by field, in the caller's language", async () => {
    const answer = await handler(new Request(`${url}?n=x`), context);
    const { details } = (await answer.json()).error;
    expect(answer.status).toBe(400);
    expect(details.fields[0].path).toBe("n");
    expect(details.fields[0].message).toMatch(/\p{Script=Han}/u);
  });

  test("who may not call learns nothing about the shape", async () => {
    const closed = route({
      ...declared,
      query: z.strictObject({ n: z.number() }),
      access: async () => {
        throw new AppError("unauthenticated", "");
      },
      handle: async () => null,
    });
    expect((await closed(new Request(`${url}?x=1`), context)).status).toBe(401);
  });
});

describe("bodies", () => {
  const handler = route({
    ...declared,
    body: z.strictObject({ days: z.number() }),
    access: async () => null,
    handle: async ({ body }) => body,
  });
  const post = (body: string, headers: Record<string, string> = own) =>
    handler(new Request(url, { method: "POST", body, headers }), context);

  test.each([
    ["our own page", '{"days":1}', own, 200],
    ["no origin", '{"days":1}', { host: "console.test", "content-type": "application/json" }, 403],
    ["another site", '{"days":1}', { ...own, origin: "http://evil.test" }, 403],
    ["an opaque origin", '{"days":1}', { ...own, origin: "null" }, 403],
    ["another site by its own word", '{"days":1}', { ...own, "sec-fetch-site": "cross-site" }, 403],
    ["a form", "days=1", { ...own, "content-type": "application/x-www-form-urlencoded" }, 400],
    ["not JSON", "{", own, 400],
    ["an unknown field", '{"days":1,"admin":true}', own, 400],
    ["too large", JSON.stringify({ days: 1, x: "字".repeat(30_000) }), own, 413],
  ])("%s", async (_name, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status);
  });
});

test("the origin is compared with the host that was asked, behind a proxy too", () => {
  const headers = { origin: "https://clm.example", host: "10.0.0.5:3000" };
  expect(isSameOrigin(new Headers(headers))).toBe(false);
  expect(isSameOrigin(new Headers({ ...headers, "x-forwarded-host": "clm.example" }))).toBe(true);
});

test("cookies are read as sent; the first of a name counts", () => {
  const cookies = requestCookies(new Headers({ cookie: "a=1; b=%E4%B8%AD; bad=%E4; a=2; empty" }));
  expect(Object.fromEntries(cookies)).toEqual({ a: "1", b: "中", bad: "%E4" });
});
