import { z } from "zod";
import { customerPath, customerQuestion } from "@/lib/customers/find-customer";
import { getSummary } from "@/lib/customers/profile";
import { customerSummary } from "@/lib/customers/schema";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { requestLocale } from "@/lib/platform/http/error-response";

/** What a list shows beside itself when a customer is opened. */
export const GET = workspaceRoute({
  summary: "A customer in brief: stage and reasons, six metrics, last events, personal values masked",
  permission: "customers.read",
  params: customerPath,
  query: z.strictObject({ asOf: day.optional() }),
  answer: customerSummary,
  handle: async ({ request, access: { workspace, db }, params, query, now }) => {
    const asked = { workspace, customerId: params.customer, asOf: query.asOf, now };
    return getSummary(db, { ...(await customerQuestion(db, asked)), locale: requestLocale(request.headers) });
  },
});
