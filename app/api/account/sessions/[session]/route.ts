import { z } from "zod";
import { revokeSession } from "@/lib/members/sessions";
import { memberRoute } from "@/lib/members/workspace-route";
import { webDirectory } from "@/lib/platform/http/connections";

/** Signs the member out in one browser, from its next request on. */
export const DELETE = memberRoute({
  summary: "Signs the member out in one of their browsers",
  params: z.object({ session: z.uuid() }),
  answer: z.object({ id: z.uuid() }),
  handle: async ({ access: { member }, params: { session }, now }) => {
    await revokeSession(webDirectory(), { memberId: member.id, sessionId: session, now });
    return { id: session };
  },
});
