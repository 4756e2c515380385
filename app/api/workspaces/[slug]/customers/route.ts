import { z } from "zod";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { webPool } from "@/lib/platform/http/connections";
import {
  customersFilterFields,
  filterIsWhole,
  listDay,
  stageFilterOf,
  wholeFilterError,
} from "@/lib/stages/customers-filter";
import { countCustomersInStage, listCustomersInStage } from "@/lib/stages/customers-in-stage";
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
  permission: "customers.read",
  query: customersQuery,
  handle: async ({ access: { workspace }, query: { after, limit, ...filter }, now }) => {
    const asOf = listDay(filter.asOf, workspaceDay(workspace, now));
    const question = { workspaceId: workspace.id, ...stageFilterOf(filter, asOf) };
    const customers = await listCustomersInStage(webPool(), { ...question, after, limit });
    const next = customers.length === limit ? (customers.at(-1)?.customerId ?? null) : null;
    const count = after === undefined ? await countCustomersInStage(webPool(), question) : undefined;
    return { asOf, count, customers, next };
  },
});
