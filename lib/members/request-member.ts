import { readSessionCookie } from "@/lib/platform/auth/session-cookie";
import { AppError } from "@/lib/platform/errors";
import { webDirectory } from "@/lib/platform/http/connections";
import { requestCookies } from "@/lib/platform/http/cookies";
import type { SignedIn } from "./schema";
import { seeSession } from "./sessions";

/**
 * Whose session the request carries at `now`; null for nobody's. A request with an Authorization header comes from a program:
 * its cookies do not count, since it was not asked whether it comes from our own pages.
 */
export async function findRequestMember(request: Request, now: Date): Promise<SignedIn | null> {
  if (request.headers.has("authorization")) return null;
  const cookies = requestCookies(request.headers);
  const claims = await readSessionCookie(request.headers, (name) => cookies.get(name));
  const found =
    claims && (await seeSession(webDirectory(), { sessionId: claims.sid, memberId: claims.sub, now }));
  return found?.state === "live" ? { member: found.member, session: found.session } : null;
}

/** Whose session the request carries, or unauthenticated. */
export async function requestMember(request: Request, now: Date): Promise<SignedIn> {
  const found = await findRequestMember(request, now);
  if (!found) throw new AppError("unauthenticated", "Nobody is signed in");
  return found;
}
