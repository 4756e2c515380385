import { z } from "zod";
import { shownRows } from "@/lib/customers/list-covered";
import { foundCustomer, searchCustomers } from "@/lib/customers/search";
import { allows } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { getDecidingModel } from "@/lib/stages/queries";

/** Customers by one of their ids, or by the beginning of the one people know them by. */
export const GET = workspaceRoute({
  summary: "Up to 20 customers by an exact id or the beginning of their name in the console",
  permission: "customers.read",
  answer: z.object({ customers: z.array(foundCustomer) }),
  query: z.strictObject({ q: z.string().trim().min(1).max(512) }),
  handle: async ({ access, query: { q } }) => {
    const { workspace, db } = access;
    const { modelId } = await getDecidingModel(db, workspace.id);
    const found = await searchCustomers(db, { workspaceId: workspace.id, modelId, q });
    return { customers: shownRows(found, allows(access, "customers.reveal")) };
  },
});
