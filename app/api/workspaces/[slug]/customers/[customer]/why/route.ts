import { z } from "zod";
import { customerPath, customerQuestion } from "@/lib/customers/find-customer";
import { maskStageTrace } from "@/lib/customers/mask-answers";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import { getWhy, why } from "@/lib/stages/why-query";

/** Why a customer is in its stage as of a day: every decision of the model in force, condition by condition. */
export const GET = workspaceRoute({
  summary: "Why a customer is in its stage as of a day, condition by condition",
  permission: "customers.read",
  params: customerPath,
  query: z.strictObject({ asOf: day.optional() }),
  answer: why,
  handle: async ({ access: { workspace, db }, params, query, now }) => {
    const asked = { workspace, customerId: params.customer, asOf: query.asOf, now };
    const { customer, model, asOf } = await customerQuestion(db, asked);
    const question = { workspaceId: workspace.id, model, customerId: customer.customerId, asOf };
    const { deciding: _deciding, trace, ...found } = await getWhy(db, question);
    return { ...found, trace: trace && maskStageTrace(trace) };
  },
});
