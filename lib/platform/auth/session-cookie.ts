import { decode } from "next-auth/jwt";
import { env } from "@/lib/platform/env";

/** A session ends after a day, whatever happens in it. */
export const SESSION_SECONDS = 24 * 60 * 60;

// next-auth names the cookie by whether the site is served over https.
const names = ["__Secure-next-auth.session-token", "next-auth.session-token"] as const;

/** The secret sessions are sealed with; throws one sentence when the environment has none. */
export function sessionSecret(): string {
  const secret = env().NEXTAUTH_SECRET;
  if (!secret) throw new Error("Environment: NEXTAUTH_SECRET is missing (32 characters or more)");
  return secret;
}

/** The member a session cookie names, or null: no cookie, a foreign or expired one. The member may be gone by now. */
export async function sessionMemberId(cookie: (name: string) => string | undefined): Promise<string | null> {
  for (const name of names) {
    const token = cookie(name);
    if (!token) continue;
    const claims = await decode({ token, secret: sessionSecret() }).catch(() => null);
    if (claims?.sub) return claims.sub;
  }
  return null;
}
