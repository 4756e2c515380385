import { importParams } from "@/lib/importing/console/params";
import { getImport } from "@/lib/importing/console/queries";
import { listRejects } from "@/lib/importing/console/rejects";
import { workspaceRoute } from "@/lib/members/workspace-route";
import type { Db } from "@/lib/platform/db";
import { csvResponse } from "@/lib/platform/http/csv";
import { requestLocale } from "@/lib/platform/http/error-response";
import { messagesOf } from "@/lib/platform/i18n/messages";

const PAGE = 1_000;

/** The rows the last pass refused: line, reason in the reader's language, and the original columns. */
export const GET = workspaceRoute({
  summary: "The refused rows of an import as CSV: row number, reason, original columns",
  permission: "data.import",
  params: importParams,
  answer: "text/csv",
  handle: async ({ request, access: { workspace, db }, params }) => {
    const record = await getImport(db, { workspaceId: workspace.id, importId: params.import });
    const words = messagesOf(requestLocale(request.headers)).imports;
    const reasons: Record<string, string> = words.rowReasons;
    const header = record.format?.header ?? [];
    const name = `${record.fileName.replace(/(\.gz)?$/, "").replace(/\.[^.]*$/, "")}-${words.rejectFile}.csv`;
    async function* pages(pool: Db) {
      for (let after = 0; ; ) {
        const rows = await listRejects(pool, {
          workspaceId: workspace.id,
          importId: record.id,
          after,
          limit: PAGE,
        });
        if (rows.length > 0)
          yield rows.map((row) => [
            row.line,
            reasons[row.reason] ?? row.reason,
            row.place ?? "",
            ...Array.from(
              { length: Math.max(header.length, row.cells.length) },
              (_, i) => row.cells[i] ?? "",
            ),
          ]);
        if (rows.length < PAGE) return;
        after = rows.at(-1)!.n;
      }
    }
    return csvResponse(name, [words.rowNumber, words.reason, words.column, ...header], pages(db));
  },
});
