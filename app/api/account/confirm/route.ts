import { z } from "zod";
import { confirmIdentity } from "@/lib/members/account";
import { oidcName } from "@/lib/members/oidc";
import { hasPassword } from "@/lib/members/queries";
import { memberRoute } from "@/lib/members/workspace-route";
import { clientAddress } from "@/lib/platform/http/client-address";
import { webDirectory, webPrisma } from "@/lib/platform/http/connections";

/** How the signed-in member proves who they are: with a password of ours, through the company's sign-in, or both. */
export const GET = memberRoute({
  summary: "How the signed-in member can prove who they are",
  answer: z.object({ password: z.boolean(), provider: z.string().nullable() }),
  handle: async ({ access: { member } }) => ({
    password: await hasPassword(webPrisma(), member.id),
    provider: oidcName(),
  }),
});

/** Proves with the password who one is; for ten minutes roles, keys and personal data may be dealt with. */
export const POST = memberRoute({
  summary: "Proves with the password who the signed-in member is, for the next ten minutes",
  answer: z.object({ confirmed: z.literal(true) }),
  body: z.strictObject({ password: z.string().min(1).max(200) }),
  handle: async ({ request, access, body: { password }, now }) => {
    const address = clientAddress(request.headers);
    await confirmIdentity(
      { pool: webDirectory(), prisma: webPrisma() },
      { ...access, password, address, now },
    );
    return { confirmed: true };
  },
});
