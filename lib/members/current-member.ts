import { cookies, headers } from "next/headers";
import { cache } from "react";
import { readSessionCookie } from "@/lib/platform/auth/session-cookie";
import { systemClock } from "@/lib/platform/clock";
import { webDirectory } from "@/lib/platform/http/connections";
import type { Member, SignedIn } from "./schema";
import type { SessionEnd } from "./session-life";
import { type SessionState, seeSession } from "./sessions";

const sessionState = cache(async (): Promise<SessionState | null> => {
  const jar = await cookies();
  const claims = await readSessionCookie(await headers(), (name) => jar.get(name)?.value);
  if (!claims) return null;
  return seeSession(webDirectory(), { sessionId: claims.sid, memberId: claims.sub, now: systemClock() });
});

/** Who asks for this page, read anew for every request; null when nobody is signed in. */
export async function currentSignedIn(): Promise<SignedIn | null> {
  const found = await sessionState();
  return found?.state === "live" ? { member: found.member, session: found.session } : null;
}

/** The member whose page this is, or null. */
export const currentMember = async (): Promise<Member | null> => (await currentSignedIn())?.member ?? null;

/** Why the browser that asks for this page is signed out; null when it is not, or never was signed in. */
export async function whySignedOut(): Promise<SessionEnd | null> {
  const found = await sessionState();
  return found?.state === "over" ? found.why : null;
}
