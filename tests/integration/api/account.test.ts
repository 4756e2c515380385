import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as getWays, POST as postConfirm } from "@/app/api/account/confirm/route";
import { POST as postPassword } from "@/app/api/account/password/route";
import { DELETE as deleteSession } from "@/app/api/account/sessions/[session]/route";
import { DELETE as deleteOthers, GET as getSessions } from "@/app/api/account/sessions/route";
import { GET as getBoard } from "@/app/api/workspaces/[slug]/board/route";
import { GET as getKeys, POST as postKey } from "@/app/api/workspaces/[slug]/keys/route";
import { PATCH as patchMember } from "@/app/api/workspaces/[slug]/members/[member]/route";
import { createApiKey } from "@/lib/members/api-keys";
import type { Member } from "@/lib/members/schema";
import { openSession } from "@/lib/members/sessions";
import type { DeclaredRoute } from "@/lib/platform/http/route";
import type { Workspace } from "@/lib/workspaces/schema";
import { openWorld, type World } from "../members/people";
import { closeConnections, cookieOf, useDatabase } from "./console";

let world: World;
let workspace: Workspace;
beforeAll(async () => {
  world = await openWorld();
  useDatabase(world.url);
  workspace = await world.workspace();
});
afterAll(async () => {
  await closeConnections();
  await world.drop();
});

/** A browser of that person, who proved who they are so many minutes ago. */
async function browser(member: Member, minutesAgo = 0) {
  const confirmedAt = new Date(Date.now() - minutesAgo * 60_000);
  const opened = { memberId: member.id, replaces: null, userAgent: "test", address: "test", confirmedAt };
  const sid = await openSession(world.pool, { ...opened, now: new Date() });
  const cookie = await cookieOf({ sub: member.id, sid });
  return async (
    route: DeclaredRoute,
    method = "GET",
    body?: unknown,
    params: Record<string, string> = {},
  ) => {
    const headers = { cookie, host: "console.test", origin: "http://console.test", "accept-language": "en" };
    const request = new Request("http://console.test/api", {
      method,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await route(request, { params: Promise.resolve(params) });
    return { status: answer.status, body: await answer.json() };
  };
}

describe("a recent sign-in", () => {
  test("is asked for by roles and keys, and given by the password", async () => {
    const admin = await world.person("admin", workspace);
    const other = await world.person("operator", workspace);
    const ask = await browser(admin, 11);
    const at = { slug: workspace.slug, member: other.id };
    const asks = { status: 403, body: { error: { details: { reauth: true } } } };
    expect(await ask(patchMember, "PATCH", { role: "analyst" }, at)).toMatchObject(asks);
    const key = { name: "k", scopes: ["read"], days: null };
    expect(await ask(postKey, "POST", key, at)).toMatchObject(asks);
    expect((await ask(getKeys, "GET", undefined, at)).status).toBe(200);
    expect((await ask(getWays)).body).toEqual({ password: true, provider: null });
    expect(await ask(postConfirm, "POST", { password: "wrong one" })).toMatchObject({
      status: 403,
      body: { error: { details: { reason: "wrong" } } },
    });
    expect((await ask(postConfirm, "POST", { password: "long enough" })).status).toBe(200);
    expect((await ask(patchMember, "PATCH", { role: "analyst" }, at)).status).toBe(200);
    expect((await ask(postKey, "POST", key, at)).status).toBe(200);
  });

  test("cannot be guessed faster with a stolen session than at the door", async () => {
    const ask = await browser(await world.person("admin", workspace), 11);
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => ask(postConfirm, "POST", { password: "guess" })),
    );
    expect(tries.filter(({ status }) => status === 403)).toHaveLength(3);
    expect(tries.find(({ status }) => status === 429)?.body.error.details).toMatchObject({
      reason: "wait",
      seconds: 1,
    });
  });
});

describe("the account", () => {
  test("lists its browsers and signs them out, from their next request on", async () => {
    const member = await world.person("operator", workspace);
    const [mine, second, third] = [await browser(member), await browser(member), await browser(member)];
    const { sessions } = (await mine(getSessions)).body;
    expect(sessions).toHaveLength(3);
    expect(sessions.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
    const listed = (await second(getSessions)).body.sessions.find((one: { current: boolean }) => one.current);
    expect((await mine(deleteSession, "DELETE", undefined, { session: listed.id })).status).toBe(200);
    expect((await second(getSessions)).status).toBe(401);
    expect((await mine(deleteOthers, "DELETE")).body).toEqual({ signedOut: 1 });
    expect([(await third(getSessions)).status, (await mine(getSessions)).status]).toEqual([401, 200]);
    const stranger = await browser(await world.person("operator", workspace));
    expect((await stranger(deleteSession, "DELETE", undefined, { session: sessions[0].id })).status).toBe(
      404,
    );
  });

  test("changes its password and ends its other sessions; weak and wrong ones change nothing", async () => {
    const member = await world.person("operator", workspace);
    const [mine, other] = [await browser(member), await browser(member)];
    const change = (password: string, next: string) => mine(postPassword, "POST", { password, next });
    expect((await change("long enough", "password12")).body.error.details).toEqual({ reason: "too_common" });
    expect((await change("long enough", "short")).body.error.details).toEqual({ reason: "too_short" });
    expect((await change("not it", "a new good phrase")).body.error.details).toEqual({ reason: "wrong" });
    expect((await other(getSessions)).status).toBe(200);
    expect((await change("long enough", "a new good phrase")).body).toEqual({ signedOut: 1 });
    expect([(await other(getSessions)).status, (await mine(getSessions)).status]).toEqual([401, 200]);
    expect((await mine(postConfirm, "POST", { password: "a new good phrase" })).status).toBe(200);
  });
});

describe("a key in the Authorization header", () => {
  const ask = async (
    route: DeclaredRoute,
    headers: Record<string, string>,
    params = { slug: workspace.slug },
  ) =>
    (await route(new Request("http://console.test/api", { headers }), { params: Promise.resolve(params) }))
      .status;

  test("asks for itself: the cookie beside it does not count", async () => {
    const admin = await world.person("admin", workspace);
    const asked = {
      workspaceId: workspace.id,
      actor: { kind: "member" as const, id: admin.id, name: "Ana" },
    };
    const { key } = await createApiKey(world.pool, {
      ...asked,
      name: "k",
      scopes: ["read"],
      expiresAt: null,
      now: new Date(),
    });
    const sid = await openSession(world.pool, {
      memberId: admin.id,
      replaces: null,
      userAgent: "test",
      address: "test",
      confirmedAt: new Date(),
      now: new Date(),
    });
    const cookie = await cookieOf({ sub: admin.id, sid });
    const authorization = `Bearer ${key}`;
    expect(await ask(getBoard, { authorization })).toBe(200);
    expect(await ask(getKeys, { cookie })).toBe(200);
    expect(await ask(getKeys, { authorization, cookie })).toBe(403);
    expect(await ask(getBoard, { authorization: "Bearer nonsense", cookie })).toBe(401);
    expect(await ask(getBoard, { authorization: "Basic nonsense", cookie })).toBe(401);
    expect(await ask(getSessions, { authorization, cookie })).toBe(401);
  });
});
