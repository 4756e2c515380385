import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { Pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import type { Prisma } from "@/lib/platform/prisma";
import { acceptInvitationsOf } from "./invitations";
import { findMemberIdByEmail } from "./queries";

/** What is read of an identity token. */
const claims = z.object({
  sub: z.string().min(1),
  email: z.email().transform((text) => text.toLowerCase()),
  /** Only an address the provider has checked says who somebody is. */
  email_verified: z.literal(true),
  name: z.string().trim().min(1).max(100).optional().catch(undefined),
  /** When the person last proved to the provider who they are, in seconds. */
  auth_time: z.number().optional().catch(undefined),
});

/** What the sign-in page calls the provider; null where none is set. */
export function oidcName(): string | null {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  return OIDC_ISSUER ? (OIDC_NAME ?? new URL(OIDC_ISSUER).hostname) : null;
}

/** The OpenID Connect provider of the environment as next-auth knows it; null where none is set. */
export function oidcProvider(): OAuthConfig<Record<string, unknown>> | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env();
  if (!issuer || !clientId || !clientSecret) return null;
  return {
    id: "oidc",
    name: oidcName() ?? issuer,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    profile: (profile) => ({ id: String(profile.sub ?? ""), email: String(profile.email ?? "") }),
  };
}

/**
 * The member the provider vouches for, by an address it has verified: one who exists, or one who was invited and becomes a
 * member of where they were invited to. Null for everybody else.
 */
export async function admitFromProvider(
  pool: Pool,
  prisma: Prisma,
  profile: unknown,
  now: Date,
): Promise<string | null> {
  const read = claims.safeParse(profile);
  if (!read.success) return null;
  const { email, name } = read.data;
  await acceptInvitationsOf(pool, { email, name: name ?? email.split("@")[0]!, now });
  return findMemberIdByEmail(prisma, email);
}

/** When the person proved who they are: as the provider says, else now. */
export function provenAt(profile: unknown, now: Date): Date {
  const at = claims.safeParse(profile).data?.auth_time;
  return at === undefined ? now : new Date(Math.min(at * 1000, now.getTime()));
}
