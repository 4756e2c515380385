import { decode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/lib/platform/env";

/** The cookie outlives the session it names, so that the sign-in page can say why one was signed out. */
export const COOKIE_SECONDS = 7 * 24 * 60 * 60;

/** The secret cookies are sealed with; throws one sentence when the environment has none. */
export function sessionSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (!secret) throw new Error("Environment: NEXTAUTH_SECRET is missing (32 characters or more)");
  return secret;
}

/** What the sealed cookie holds: a session and whose it is. Whether it still holds is read from the database. */
const claims = z.object({ sub: z.uuid(), sid: z.uuid() });
export type SessionClaims = z.infer<typeof claims>;

/** Whether the console is served over https, by its setting or by what the proxy in front says. */
export const isHttps = (headers: Pick<Headers, "get">): boolean =>
  env().NEXTAUTH_URL?.startsWith("https://") ??
  headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";

/** Over https the name binds the cookie to this very host: neither a subdomain nor plain http can set one. */
export const sessionCookieName = (https: boolean): string =>
  `${https ? "__Host-" : ""}next-auth.session-token`;

/** What the request's session cookie holds, or null: none, or one that this console did not seal. */
export async function readSessionCookie(
  headers: Pick<Headers, "get">,
  cookie: (name: string) => string | undefined,
): Promise<SessionClaims | null> {
  const token = cookie(sessionCookieName(isHttps(headers)));
  const opened = token && (await decode({ token, secret: sessionSecret() }).catch(() => null));
  return claims.safeParse(opened).data ?? null;
}
