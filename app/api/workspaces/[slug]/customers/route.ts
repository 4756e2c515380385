import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { day } from "@/lib/platform/day";
import {
  customersFilterFields,
  filterIsWhole,
  listDay,
  stageFilterOf,
  wholeFilterError,
} from "@/lib/stages/customers-filter";
import {
  countCustomersInStage,
  customerInStage,
  listCustomersInStage,
} from "@/lib/stages/customers-in-stage";
import { workspaceDay } from "@/lib/workspaces/schema";

const customersQuery = z
  .strictObject({
    ...customersFilterFields,
    /** Continue after this customer id. */
    after: z.coerce.number().int().nonnegative().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .refine(filterIsWhole, wholeFilterError);

/** Customers behind a number of the board, in the order of their ids; `count` is that number, on the first page only. */
export const GET = workspaceRoute({
  summary: "Customers behind a number of the board, page by page",
  permission: "customers.read",
  answer: z.object({
    asOf: day,
    count: z.number().int().optional(),
    customers: z.array(customerInStage),
    next: z.number().int().nullable(),
  }),
  query: customersQuery,
  handle: async ({ access: { workspace, db }, query: { after, limit, ...filter }, now }) => {
    const asOf = listDay(filter.asOf, workspaceDay(workspace, now));
    const question = { workspaceId: workspace.id, ...stageFilterOf(filter, asOf) };
    const customers = await listCustomersInStage(db, { ...question, after, limit });
    const next = customers.length === limit ? (customers.at(-1)?.customerId ?? null) : null;
    const count = after === undefined ? await countCustomersInStage(db, question) : undefined;
    return { asOf, count, customers, next };
  },
});
