import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import {
  COOKIE_SECONDS,
  isHttps,
  readSessionCookie,
  sessionCookieName,
  sessionSecret,
} from "@/lib/platform/auth/session-cookie";
import { systemClock } from "@/lib/platform/clock";
import { clientAddress } from "@/lib/platform/http/client-address";
import { webDirectory, webPrisma } from "@/lib/platform/http/connections";
import { requestCookies } from "@/lib/platform/http/cookies";
import { log } from "@/lib/platform/log";
import { forgiveAttempt, waitSeconds } from "./attempts";
import { admitFromProvider, oidcProvider, provenAt } from "./oidc";
import { verifyPassword } from "./queries";
import { endSession, openSession } from "./sessions";

const credentials = z.object({ email: z.string().min(1).max(200), password: z.string().min(1).max(200) });

/** Checks credentials within the limits; "wait:12" and a plain no are what the sign-in page puts into words. */
async function authorize(input: unknown, address: string): Promise<{ id: string } | null> {
  const parsed = credentials.safeParse(input);
  if (!parsed.success) return null;
  const attempt = { email: parsed.data.email, address };
  const wait = await waitSeconds(webDirectory(), { ...attempt, now: systemClock() });
  if (wait > 0) throw new Error(`wait:${wait}`);
  const id = await verifyPassword(webPrisma(), parsed.data);
  if (!id) return null;
  await forgiveAttempt(webDirectory(), attempt);
  return { id };
}

/** Opens the session a sign-in leads to, in place of the one this browser had. */
async function startSession(request: Request, memberId: string, confirmedAt: Date): Promise<string> {
  const cookies = requestCookies(request.headers);
  const former = await readSessionCookie(request.headers, (name) => cookies.get(name));
  return openSession(webDirectory(), {
    memberId,
    replaces: former?.sid ?? null,
    userAgent: request.headers.get("user-agent") ?? "",
    address: clientAddress(request.headers),
    confirmedAt,
    now: systemClock(),
  });
}

/** next-auth for one request. The sealed cookie holds a session's id and whose it is, nothing that could go stale. */
export function signInOptions(request: Request): NextAuthOptions {
  const https = isHttps(request.headers);
  const oidc = oidcProvider();
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: COOKIE_SECONDS },
    useSecureCookies: https,
    cookies: {
      sessionToken: {
        name: sessionCookieName(https),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: https },
      },
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (input) => authorize(input, clientAddress(request.headers)),
      }),
      ...(oidc ? [oidc] : []),
    ],
    callbacks: {
      // Whom the provider vouches for is looked up here, and told to `jwt` below by the id of the user.
      signIn: async ({ user, account, profile }) => {
        if (account?.provider !== "oidc") return true;
        const memberId = await admitFromProvider(webDirectory(), webPrisma(), profile, systemClock());
        if (!memberId) return false;
        user.id = memberId;
        return true;
      },
      jwt: async ({ token, user, profile }) => {
        if (!user) return { sub: token.sub, sid: token.sid };
        const confirmedAt = provenAt(profile, systemClock());
        return { sub: user.id, sid: await startSession(request, user.id, confirmedAt) };
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = z.uuid().safeParse(token?.sid).data;
        if (sessionId)
          await endSession(webDirectory(), { sessionId, reason: "signed_out", now: systemClock() });
      },
    },
    logger: {
      error: (code, metadata) => log.error({ code, err: errorIn(metadata) }, "sign-in failed"),
      warn: (code) => log.debug({ code }, "sign-in warning"),
      debug: () => {},
    },
  };
}

/** The error next-auth reports, without what it holds of the person. */
const errorIn = (metadata: unknown): unknown =>
  metadata instanceof Error ? metadata : (metadata as { error?: unknown } | null)?.error;
