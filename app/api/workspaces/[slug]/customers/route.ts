import { z } from "zod";
import { countCustomers, listCustomers } from "@/lib/customers/list";
import { listQuestion } from "@/lib/customers/list-asked";
import { shownRows } from "@/lib/customers/list-covered";
import { cursorFromText, cursorToText, listFilterFields, listViewFields } from "@/lib/customers/list-params";
import { customersCount, defaultColumns, defaultSort, listedCustomer } from "@/lib/customers/list-schema";
import { allows } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { answerWithin } from "@/lib/platform/answer-within";
import { day } from "@/lib/platform/day";
import { AppError } from "@/lib/platform/errors";
import { filterIsWhole, wholeFilterError } from "@/lib/stages/customers-filter";

const customersQuery = z
  .strictObject({
    ...listFilterFields,
    ...listViewFields,
    /** Continue where a page ended: its `next`. */
    after: z.string().max(10_000).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .refine(filterIsWhole, wholeFilterError);

/** Customers by filter, sort and columns, page by page; `count` comes with the first page alone. */
export const GET = workspaceRoute({
  summary: "Customers by filter, sorted by any stored metric, page by page",
  permission: "customers.read",
  answer: z.object({
    asOf: day,
    metricsOn: day,
    count: customersCount.optional(),
    customers: z.array(listedCustomer),
    next: z.string().nullable(),
  }),
  query: customersQuery,
  handle: async ({ access, query: { after, limit, sort = defaultSort, cols, ...filter }, now }) => {
    const { workspace } = access;
    const cursor = after === undefined ? undefined : cursorFromText(after, sort);
    if (cursor === null)
      throw new AppError("bad_input", "after is no place in this list", {
        fields: [{ path: "after", message: "no place in a list sorted this way" }],
      });
    const answer = await answerWithin(access.db, async (db) => {
      const { asked, endingStages } = await listQuestion(db, { workspace, filter, now });
      const page = await listCustomers(db, {
        ...asked,
        endingStages,
        columns: cols ?? defaultColumns,
        sort,
        after: cursor,
        limit,
      });
      const count = cursor ? undefined : await countCustomers(db, asked);
      return {
        asOf: asked.asOf,
        metricsOn: asked.metricsOn,
        count,
        customers: shownRows(page.customers, allows(access, "customers.reveal")),
        next: page.next && cursorToText(page.next),
      };
    });
    if (answer === "too_slow") throw new AppError("busy", "The filter takes too long to answer");
    return answer;
  },
});
