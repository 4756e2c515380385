import { z } from "zod";
import { setMemberLocale } from "@/lib/members/mutations";
import { sessionMemberId } from "@/lib/platform/auth/session-cookie";
import { webPrisma } from "@/lib/platform/http/connections";
import { requestCookies } from "@/lib/platform/http/cookies";
import { route } from "@/lib/platform/http/route";
import { LOCALE_COOKIE, locales } from "@/lib/platform/i18n/locale";

const YEAR_SECONDS = 31_536_000;

/** Chooses the console's language for this browser and, when somebody is signed in, for them. */
export const POST = route({
  summary: "Chooses the console's language for this browser and for the signed-in member",
  who: "anyone",
  answer: z.object({ locale: z.enum(locales) }),
  body: z.strictObject({ locale: z.enum(locales) }),
  access: async (request) => {
    const cookies = requestCookies(request.headers);
    return sessionMemberId((name) => cookies.get(name));
  },
  handle: async ({ access: memberId, body: { locale } }) => {
    if (memberId) await setMemberLocale(webPrisma(), { memberId, locale });
    const cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
    return Response.json({ locale }, { headers: { "set-cookie": cookie } });
  },
});
