import { z } from "zod";
import { customerPath, customerQuestion } from "@/lib/customers/find-customer";
import { revealCustomer } from "@/lib/customers/reveal";
import { revealed } from "@/lib/customers/schema";
import { actorOf } from "@/lib/members/access";
import { requireRecentAuth } from "@/lib/members/recent-auth";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";

const revealBody = z.strictObject({
  reason: z.string().trim().min(3).max(500),
  asOf: day.optional(),
  /** Events on the page whose properties are wanted in the clear too. */
  events: z.array(z.guid()).max(1000).default([]),
});

/** The personal values of one customer in the clear; recorded with the reason, at most 60 an hour for each member. */
export const POST = workspaceRoute({
  summary: "Reveal the personal values of one customer, with a reason that is recorded",
  permission: "customers.reveal",
  params: customerPath,
  body: revealBody,
  answer: revealed,
  bodyLimit: 128 * 1024,
  handle: async ({ access, params, body, now }) => {
    requireRecentAuth(access, now);
    const { workspace, db } = access;
    const asked = { workspace, customerId: params.customer, asOf: body.asOf, now };
    const { customer, asOf } = await customerQuestion(db, asked);
    return revealCustomer(db, {
      workspaceId: workspace.id,
      timeZone: workspace.timeZone,
      customer,
      asOf,
      messageIds: body.events,
      actor: actorOf(access),
      reason: body.reason,
      now,
    });
  },
});
