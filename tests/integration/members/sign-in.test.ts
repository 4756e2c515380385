import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createInvitation } from "@/lib/members/invitations";
import { findMembership, hasPassword } from "@/lib/members/queries";
import { type OidcPeer, openOidcPeer } from "@/tests/support/oidc-peer";
import { closeConnections, useDatabase } from "../api/console";
import { AuthBrowser } from "./auth-browser";
import { openWorld, type World } from "./people";

let world: World;
let peer: OidcPeer;
beforeAll(async () => {
  world = await openWorld();
  peer = await openOidcPeer();
  useDatabase(world.url);
  Object.assign(process.env, {
    AUTH_TRUST_HOST: "true",
    OIDC_ISSUER: peer.issuer,
    OIDC_CLIENT_ID: peer.clientId,
    OIDC_CLIENT_SECRET: peer.clientSecret,
    OIDC_NAME: "Acme",
  });
});
afterAll(async () => {
  await closeConnections();
  await peer.close();
  await world.drop();
});

const refused = { status: 401, redirect: expect.stringContaining("error=CredentialsSignin") };
let addresses = 0;
/** A browser of an address nobody has failed from yet. */
const browser = (origin?: string) => new AuthBrowser(origin, `10.2.${addresses++}.1`);

describe("with a password", () => {
  test("one is in, under a new session each time, and out from the next request on after signing out", async () => {
    const ana = await world.person("operator");
    const one = browser();
    await one.signIn(ana.email, "long enough");
    const first = await one.session();
    expect(first?.member.id).toBe(ana.id);
    const cookie = new Map(one.jar);
    await one.signIn(ana.email.toUpperCase(), "long enough");
    const second = await one.session();
    expect(second?.session.id).not.toBe(first?.session.id);
    // The cookie from before the second sign-in is worth nothing.
    const thief = browser();
    for (const [name, value] of cookie) thief.jar.set(name, value);
    expect(await thief.session()).toBeNull();
    for (const [name, value] of one.jar) thief.jar.set(name, value);
    await one.signOut();
    expect([await one.session(), await thief.session()]).toEqual([null, null]);
  });

  test("an unknown address, a wrong password and an account without one are answered alike", async () => {
    const ana = await world.person("operator");
    const without = await world.person("operator");
    await world.prisma.member.update({ where: { id: without.id }, data: { passwordHash: null } });
    for (const email of [ana.email, without.email, "nobody@shop.test"])
      expect(await browser().signIn(email, "not the password")).toMatchObject(refused);
  });

  test("of fifty tries at once three are looked at, for a known account and an unknown one alike", async () => {
    const ana = await world.person("operator");
    for (const email of [ana.email, "invented@shop.test"]) {
      const tries = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => browser().signIn(email, `guess number ${i}`)),
      );
      const words = tries.map(({ redirect }) => new URL(redirect ?? "").searchParams.get("error"));
      expect(words.filter((word) => word === "CredentialsSignin")).toHaveLength(3);
      expect(words.filter((word) => word === "wait:1")).toHaveLength(47);
    }
    // Even the right password waits; nobody is locked out for good.
    expect(await browser().signIn(ana.email, "long enough")).toMatchObject({
      redirect: expect.stringContaining("wait"),
    });
  });

  test("the cookie is closed to scripts and, over https, bound to this host", async () => {
    const ana = await world.person("operator");
    const plain = browser();
    await plain.signIn(ana.email, "long enough");
    expect(plain.attributes.get("next-auth.session-token")).toMatchObject({
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure: false,
    });
    const secure = browser("https://console.test");
    await secure.signIn(ana.email, "long enough");
    const name = "__Host-next-auth.session-token";
    expect(secure.attributes.get(name)).toMatchObject({
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure: true,
    });
    expect((await secure.session())?.member.id).toBe(ana.id);
    // A cookie without the prefix, which a subdomain or plain http could have set, does not count over https.
    secure.jar.set("next-auth.session-token", secure.jar.get(name)!);
    secure.jar.delete(name);
    expect(await secure.session()).toBeNull();
  });
});

describe("with the company's sign-in", () => {
  const says = (claims: Record<string, unknown>) => {
    peer.claims = { sub: "42", email_verified: true, name: "Pia", ...claims };
  };

  test("a member is in, by the address the provider has verified", async () => {
    const ana = await world.person("operator");
    says({ email: ana.email.toUpperCase() });
    const one = browser();
    expect(await one.signInWithProvider()).toBe("http://console.test/");
    expect((await one.session())?.member.id).toBe(ana.id);
    expect(peer.asked.at(-1)?.searchParams.get("code_challenge_method")).toBe("S256");
  });

  test("an invited address becomes a member of where it is invited, without a password", async () => {
    const workspace = await world.workspace();
    const admin = await world.person("admin", workspace);
    const actor = { kind: "member" as const, id: admin.id, name: admin.name };
    const email = "pia@shop.test";
    const asked = { workspaceId: workspace.id, actor, email, role: "analyst" as const, now: new Date() };
    await createInvitation(world.pool, asked);
    says({ email });
    const one = browser();
    await one.signInWithProvider();
    const pia = (await one.session())?.member;
    expect(pia).toMatchObject({ email, name: "Pia" });
    expect(await hasPassword(world.prisma, pia!.id)).toBe(false);
    expect(
      await findMembership(world.prisma, { memberId: pia!.id, workspaceId: workspace.id }),
    ).toMatchObject({
      role: "analyst",
    });
  });

  test.each([
    ["a stranger", () => ({ email: "stranger@shop.test" })],
    ["an address that is not verified", (email: string) => ({ email, email_verified: false })],
    ["an address nobody says is verified", (email: string) => ({ email, email_verified: undefined })],
    ["nobody's address", () => ({ email: undefined })],
  ])("%s stays outside", async (_who, claims) => {
    const ana = await world.person("operator");
    says(claims(ana.email));
    const one = browser();
    expect(await one.signInWithProvider()).toContain("error=AccessDenied");
    expect(await one.session()).toBeNull();
  });

  test("an answer that was tampered with, or meant for another browser, is refused", async () => {
    const ana = await world.person("operator");
    says({ email: ana.email });
    for (const meddle of [
      (back: URL) => back.searchParams.set("code", "made-up"),
      (back: URL) => back.searchParams.set("state", "made-up"),
    ]) {
      const one = browser();
      expect(await one.signInWithProvider(meddle)).toContain("error=OAuthCallback");
      expect(await one.session()).toBeNull();
    }
  });

  test("is as recent a proof as the provider says it is", async () => {
    const ana = await world.person("operator");
    const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
    says({ email: ana.email, auth_time: hourAgo });
    const one = browser();
    await one.signInWithProvider();
    expect((await one.session())?.session.confirmedAt).toEqual(new Date(hourAgo * 1000));
  });
});
