import { z } from "zod";
import { customerPath, customerQuestion } from "@/lib/customers/find-customer";
import { maskEvent } from "@/lib/customers/mask-answers";
import { timelinePage } from "@/lib/customers/schema";
import { getTimeline } from "@/lib/customers/timeline";
import { timelineFields } from "@/lib/customers/timeline-filter";
import { workspaceRoute } from "@/lib/members/workspace-route";

const timelineQuery = z.strictObject({
  ...timelineFields,
  /** Continue after (older than) this message. */
  after: z.guid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What a customer did, newest first; `count` is all of it under the filter, on the first page only. */
export const GET = workspaceRoute({
  summary: "What a customer did, newest first, page by page, personal values masked",
  permission: "customers.read",
  params: customerPath,
  query: timelineQuery,
  answer: timelinePage,
  handle: async ({
    access: { workspace, db },
    params,
    query: { asOf, kind, from, to, after, limit },
    now,
  }) => {
    const asked = { workspace, customerId: params.customer, asOf, now };
    const { customer, asOf: last } = await customerQuestion(db, asked);
    const page = await getTimeline(db, {
      workspaceId: workspace.id,
      timeZone: workspace.timeZone,
      customerId: customer.customerId,
      kinds: kind ?? [],
      from: from ?? null,
      to: to && to < last ? to : last,
      after,
      limit,
    });
    return { ...page, events: page.events.map(maskEvent) };
  },
});
