import { z } from "zod";
import { countCustomers, listCustomers } from "@/lib/customers/list";
import { listQuestion } from "@/lib/customers/list-asked";
import { customersBody } from "@/lib/customers/list-body";
import { shownRows } from "@/lib/customers/list-covered";
import { customersCount, defaultSort } from "@/lib/customers/list-schema";
import { allows } from "@/lib/members/access";
import { readerLocale } from "@/lib/members/reader-locale";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { answerWithin } from "@/lib/platform/answer-within";
import { day } from "@/lib/platform/day";
import { outlineRule } from "@/lib/rules/outline";

const SAMPLE = 5;

/** How many customers a filter finds, a few of them, and the rule in words: asked while one edits it. */
export const POST = workspaceRoute({
  summary: "How many customers a filter finds, with a sample and the rule in words",
  permission: "customers.read",
  answer: z.object({
    asOf: day,
    /** Null when counting took too long. */
    count: customersCount.nullable(),
    sample: z.array(z.object({ customerId: z.number().int(), displayKey: z.string(), stage: z.string() })),
    words: z.array(z.object({ depth: z.number().int(), text: z.string() })),
  }),
  body: customersBody({ exact: z.boolean().default(false) }),
  handle: async ({ request, access, body: { exact, ...filter }, now }) => {
    const { workspace } = access;
    const reader = { locale: readerLocale(request, access), currency: workspace.currency };
    const { asked, endingStages } = await listQuestion(access.db, { workspace, filter, now });
    const found = await answerWithin(access.db, async (db) => ({
      count: await countCustomers(db, { ...asked, exact }),
      sample: await listCustomers(db, {
        ...asked,
        endingStages,
        columns: [],
        sort: defaultSort,
        limit: SAMPLE,
      }),
    }));
    const tooSlow = found === "too_slow";
    return {
      asOf: asked.asOf,
      count: tooSlow ? null : found.count,
      sample: tooSlow
        ? []
        : shownRows(found.sample.customers, allows(access, "customers.reveal")).map(
            ({ customerId, displayKey, stage }) => ({ customerId, displayKey, stage }),
          ),
      words: filter.rule ? outlineRule(filter.rule, reader) : [],
    };
  },
});
