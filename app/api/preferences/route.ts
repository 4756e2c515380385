import { z } from "zod";
import { setMemberLocale } from "@/lib/members/mutations";
import { findRequestMember } from "@/lib/members/request-member";
import { systemClock } from "@/lib/platform/clock";
import { webPrisma } from "@/lib/platform/http/connections";
import { route } from "@/lib/platform/http/route";
import { LOCALE_COOKIE, locales } from "@/lib/platform/i18n/locale";

const YEAR_SECONDS = 31_536_000;

/** Chooses the console's language for this browser and, when somebody is signed in, for them. */
export const POST = route({
  summary: "Chooses the console's language for this browser and for the signed-in member",
  who: "anyone",
  answer: z.object({ locale: z.enum(locales) }),
  body: z.strictObject({ locale: z.enum(locales) }),
  access: (request) => findRequestMember(request, systemClock()),
  handle: async ({ access: signedIn, body: { locale } }) => {
    if (signedIn) await setMemberLocale(webPrisma(), { memberId: signedIn.member.id, locale });
    const cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
    return Response.json({ locale }, { headers: { "set-cookie": cookie } });
  },
});
