import { z } from "zod";
import { customerPath, customerQuestion } from "@/lib/customers/find-customer";
import { maskTrait } from "@/lib/customers/mask-answers";
import { traitChange } from "@/lib/customers/schema";
import { listTraitHistory } from "@/lib/customers/traits";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";

const CHANGES = 100;

/** The values one trait of a customer has had up to a day, newest first. */
export const GET = workspaceRoute({
  summary: "The values a trait of a customer has had, newest first, personal values masked",
  permission: "customers.read",
  params: customerPath,
  query: z.strictObject({ key: z.string().min(1).max(500), asOf: day.optional() }),
  answer: z.object({ key: z.string(), changes: z.array(traitChange) }),
  handle: async ({ access: { workspace, db }, params, query: { key, asOf }, now }) => {
    const asked = { workspace, customerId: params.customer, asOf, now };
    const { customer, asOf: last } = await customerQuestion(db, asked);
    const changes = await listTraitHistory(db, {
      workspaceId: workspace.id,
      timeZone: workspace.timeZone,
      customerId: customer.customerId,
      asOf: last,
      key,
      limit: CHANGES,
    });
    return { key, changes: changes.map((one) => maskTrait(key, one)) };
  },
});
