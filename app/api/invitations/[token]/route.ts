import { z } from "zod";
import { acceptInvitation } from "@/lib/members/invitations";
import { findRequestMember } from "@/lib/members/request-member";
import { systemClock } from "@/lib/platform/clock";
import { webDirectory } from "@/lib/platform/http/connections";
import { chosenLocale } from "@/lib/platform/http/error-response";
import { route } from "@/lib/platform/http/route";

/** Accepts an invitation: as who is signed in, or, with a name and a password, as a new member. */
export const POST = route({
  summary: "Accepts an invitation, as the signed-in member or as a new one",
  who: "anyone",
  params: z.object({ token: z.string().max(100) }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(100).optional(),
    password: z.string().min(1).max(200).optional(),
  }),
  answer: z.object({ slug: z.string(), email: z.string() }),
  access: (request) => findRequestMember(request, systemClock()),
  handle: async ({ request, access: signedIn, params: { token }, body, now }) => {
    const { name, password } = body;
    const locale = chosenLocale(request.headers);
    const newcomer = name && password ? { name, password, locale } : null;
    return acceptInvitation(webDirectory(), { token, as: signedIn?.member ?? newcomer, now });
  },
});
