import { encode } from "next-auth/jwt";
import type { Member } from "@/lib/members/schema";
import { openSession } from "@/lib/members/sessions";
import { sessionSecret } from "@/lib/platform/auth/session-cookie";
import { webDirectory, webPool, webPrisma } from "@/lib/platform/http/connections";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const ORIGIN = "http://console.test";

/** Points the routes of this test file at a database, as the environment of the web process would. */
export function useDatabase(url: string): void {
  Object.assign(process.env, {
    DATABASE_URL: url,
    NEXTAUTH_SECRET: "a secret of forty characters, for tests.",
  });
}

/** Closes what the routes hold open. */
export async function closeConnections(): Promise<void> {
  await webPool().end();
  await webDirectory().end();
  await webPrisma().$disconnect();
}

/** The cookie of a session, sealed as sign-in seals it. */
export async function cookieOf(claims: { sub: string; sid: string }): Promise<string> {
  return `next-auth.session-token=${await encode({ token: claims, secret: sessionSecret(), maxAge: 600 })}`;
}

/** Headers a signed-in browser sends; each call signs in with one browser more, of which five are let be. */
export async function signedIn(member: Pick<Member, "id"> | null, language = "en"): Promise<Headers> {
  const headers = new Headers({ "accept-language": language, host: "console.test" });
  if (member) {
    const now = new Date();
    const opened = { memberId: member.id, replaces: null, userAgent: "test", address: "test" };
    const sid = await openSession(webDirectory(), { ...opened, confirmedAt: now, now });
    headers.set("cookie", await cookieOf({ sub: member.id, sid }));
  }
  return headers;
}

/** Calls a route of a workspace as Next would. */
export const get = (handler: Handler, slug: string, search: string, headers: Headers): Promise<Response> =>
  handler(new Request(`${ORIGIN}/api?${search}`, { headers }), { params: Promise.resolve({ slug }) });

/** Sends JSON from one of our own pages. */
export function post(handler: Handler, slug: string, body: unknown, headers: Headers): Promise<Response> {
  const all = new Headers(headers);
  all.set("origin", ORIGIN);
  all.set("content-type", "application/json");
  const request = new Request(`${ORIGIN}/api`, { method: "POST", headers: all, body: JSON.stringify(body) });
  return handler(request, { params: Promise.resolve({ slug }) });
}
