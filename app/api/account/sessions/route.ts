import { z } from "zod";
import { endOtherSessions, listSessions, sessionSummary } from "@/lib/members/sessions";
import { memberRoute } from "@/lib/members/workspace-route";
import { webDirectory } from "@/lib/platform/http/connections";

/** The browsers the signed-in member is signed in with; `current` is the one that asks. */
export const GET = memberRoute({
  summary: "The browsers the signed-in member is signed in with",
  answer: z.object({ sessions: z.array(sessionSummary.extend({ current: z.boolean() })) }),
  handle: async ({ access: { member, session }, now }) => {
    const sessions = await listSessions(webDirectory(), { memberId: member.id, now });
    return { sessions: sessions.map((one) => ({ ...one, current: one.id === session.id })) };
  },
});

/** Signs the member out everywhere but in the browser that asks. */
export const DELETE = memberRoute({
  summary: "Signs the member out everywhere but in the browser that asks",
  answer: z.object({ signedOut: z.number().int() }),
  handle: async ({ access: { member, session }, now }) => {
    const own = { memberId: member.id, keep: session.id };
    return { signedOut: await endOtherSessions(webDirectory(), { ...own, reason: "revoked", now }) };
  },
});
