import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { SESSION_SECONDS, sessionSecret } from "@/lib/platform/auth/session-cookie";
import { SignInLimiter } from "@/lib/platform/auth/sign-in-limiter";
import { webPrisma } from "@/lib/platform/http/connections";
import { verifyPassword } from "./queries";

const credentials = z.object({ email: z.string().min(1).max(200), password: z.string().min(1).max(200) });

const limiter = new SignInLimiter();

/** Checks credentials within the limits; "wait:12" and "wrong" are what the sign-in page shows in words. */
async function authorize(input: unknown): Promise<{ id: string } | null> {
  const parsed = credentials.safeParse(input);
  if (!parsed.success) return null;
  const key = parsed.data.email.trim().toLowerCase();
  const now = new Date();
  const wait = limiter.waitSeconds(key, now);
  if (wait > 0) throw new Error(`wait:${wait}`);
  // Counted before the work and taken back on success: many tries at once cannot all slip in before the first fails.
  limiter.failed(key, now);
  const id = await verifyPassword(webPrisma(), parsed.data);
  if (!id) return null;
  limiter.succeeded(key);
  return { id };
}

/** next-auth with credentials; the sealed cookie holds the member's id and nothing that could go stale. */
export const signInOptions = (): NextAuthOptions => ({
  secret: sessionSecret(),
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      authorize: (input) => authorize(input),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
    session: ({ session }) => ({ expires: session.expires }),
  },
});
