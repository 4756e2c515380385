import { auditFilterOf, auditSearch } from "@/lib/audit/filter";
import { type AuditFilter, listAudit } from "@/lib/audit/queries";
import type { AuditEntry } from "@/lib/audit/schema";
import { workspaceRoute } from "@/lib/members/workspace-route";
import type { Db } from "@/lib/platform/db";
import { csvResponse } from "@/lib/platform/http/csv";
import { requestLocale } from "@/lib/platform/http/error-response";
import { messagesOf } from "@/lib/platform/i18n/messages";

const PAGE = 1_000;

/** The entries of a filter as CSV, newest first; times are UTC, actions are their codes. */
export const GET = workspaceRoute({
  summary: "The audit log of a filter as CSV",
  permission: "audit.read",
  query: auditSearch,
  answer: "text/csv",
  handle: async ({ request, access: { workspace, db }, query }) => {
    const words = messagesOf(requestLocale(request.headers)).audit;
    const header = [
      words.number,
      words.at,
      words.who,
      words.what,
      words.target,
      words.before,
      words.after,
      words.reason,
      words.head,
    ];
    const filter = auditFilterOf(query, workspace.timeZone);
    return csvResponse(
      `${words.exportFile}-${workspace.slug}.csv`,
      header,
      pagesOf(db, workspace.id, filter),
    );
  },
});

const json = (fields: AuditEntry["before"]) => fields && JSON.stringify(fields);

async function* pagesOf(db: Db, workspaceId: number, filter: AuditFilter) {
  for (let before: number | undefined; ; ) {
    const entries = await listAudit(db, { workspaceId, ...filter, before, limit: PAGE });
    if (entries.length > 0)
      yield entries.map((one) => [
        one.seq,
        one.at.toISOString(),
        one.actor.name,
        one.action,
        one.target,
        json(one.before),
        json(one.after),
        one.reason,
        one.hash,
      ]);
    const last = entries.at(-1);
    if (!last || entries.length < PAGE) return;
    before = last.seq;
  }
}
