import { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import { listCustomerIds } from "@/lib/customers/list";
import { listQuestion } from "@/lib/customers/list-asked";
import { fileHeader, filePages, type ListFile } from "@/lib/customers/list-export";
import { listFilterFields, listViewFields } from "@/lib/customers/list-params";
import { defaultColumns, defaultSort } from "@/lib/customers/list-schema";
import { listTags } from "@/lib/customers/tags";
import { actorOf, allows } from "@/lib/members/access";
import { readerLocale } from "@/lib/members/reader-locale";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { transaction } from "@/lib/platform/db";
import { csvResponse } from "@/lib/platform/http/csv";
import { messagesOf } from "@/lib/platform/i18n/messages";
import { filterIsWhole, wholeFilterError } from "@/lib/stages/customers-filter";

const exportQuery = z
  .strictObject({
    ...listFilterFields,
    ...listViewFields,
    /** Only these customers, ids separated by commas. */
    ids: z
      .string()
      .regex(/^\d{1,15}(,\d{1,15}){0,999}$/)
      .transform((text) => text.split(",").map(Number))
      .optional(),
  })
  .refine(filterIsWhole, wholeFilterError);

/** The list as CSV in the reader's language: same filter, sort and columns; money in major units. */
export const GET = workspaceRoute({
  summary: "The customers of a filter as CSV, with the sort and columns of the list",
  permission: "customers.export",
  limit: "export",
  answer: "text/csv",
  query: exportQuery,
  handle: async ({ request, access, query: { sort = defaultSort, cols, ...filter }, now }) => {
    const { workspace, db } = access;
    const question = await listQuestion(db, { workspace, filter, now });
    const { asOf } = question.asked;
    const ids = await listCustomerIds(db, { ...question.asked, sort });
    const file: ListFile = {
      question,
      columns: cols ?? defaultColumns,
      tags: await listTags(db, workspace.id),
      locale: readerLocale(request, access),
      currency: workspace.currency,
      mayReveal: allows(access, "customers.reveal"),
    };
    const name = `${messagesOf(file.locale).customers.exportFile}-${workspace.slug}-${asOf}.csv`;
    await transaction(db, (client) =>
      appendAudit(client, {
        workspaceId: workspace.id,
        now,
        actor: actorOf(access),
        action: "customers.exported",
        target: name,
        after: {
          customers: ids.length,
          filter: { ...filter, asOf },
          sort,
          columns: file.columns,
          covered: !file.mayReveal,
        },
      }),
    );
    return csvResponse(name, fileHeader(file), filePages(db, file, ids));
  },
});
