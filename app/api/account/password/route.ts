import { z } from "zod";
import { changePassword } from "@/lib/members/account";
import { memberRoute } from "@/lib/members/workspace-route";
import { clientAddress } from "@/lib/platform/http/client-address";
import { webDirectory, webPrisma } from "@/lib/platform/http/connections";

/** Changes the signed-in member's password; every other session of theirs ends. */
export const POST = memberRoute({
  summary: "Changes the signed-in member's password and signs them out everywhere else",
  answer: z.object({ signedOut: z.number().int() }),
  body: z.strictObject({ password: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
  handle: async ({ request, access, body, now }) => {
    const connections = { pool: webDirectory(), prisma: webPrisma() };
    const address = clientAddress(request.headers);
    return { signedOut: await changePassword(connections, { ...access, ...body, address, now }) };
  },
});
