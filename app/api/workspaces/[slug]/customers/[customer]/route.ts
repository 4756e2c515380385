import { z } from "zod";
import { customerPath, customerQuestion } from "@/lib/customers/find-customer";
import { getProfile } from "@/lib/customers/profile";
import { customerProfile } from "@/lib/customers/schema";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";

/** A customer as of a day (today unless asked). An id that was merged answers with the customer it was merged into. */
export const GET = workspaceRoute({
  summary: "A customer as of a day: ids, traits, metrics and stage history, personal values masked",
  permission: "customers.read",
  params: customerPath,
  query: z.strictObject({ asOf: day.optional() }),
  answer: customerProfile,
  handle: async ({ access: { workspace, db }, params, query, now }) =>
    getProfile(
      db,
      await customerQuestion(db, { workspace, customerId: params.customer, asOf: query.asOf, now }),
    ),
});
