import { workspaceRoute } from "@/lib/members/workspace-route";
import type { Db } from "@/lib/platform/db";
import { csvResponse } from "@/lib/platform/http/csv";
import { requestLocale } from "@/lib/platform/http/error-response";
import { localName } from "@/lib/platform/i18n/locale";
import { messagesOf } from "@/lib/platform/i18n/messages";
import { currencyDecimals } from "@/lib/platform/money";
import { customersFilter, listDay, stageFilterOf } from "@/lib/stages/customers-filter";
import {
  type CustomerInStage,
  listCustomersInStage,
  type StageFilter,
} from "@/lib/stages/customers-in-stage";
import { getDecidingModel, versionOn } from "@/lib/stages/queries";
import { type Workspace, workspaceDay } from "@/lib/workspaces/schema";

const PAGE = 2_000;

/** The customer list of a filter as CSV in the reader's language; money in major units of the workspace's currency. */
export const GET = workspaceRoute({
  summary: "The customers of a filter as CSV",
  permission: "customers.export",
  limit: "export",
  answer: "text/csv",
  query: customersFilter,
  handle: async ({ request, access: { workspace, db }, query, now }) => {
    const locale = requestLocale(request.headers);
    const words = messagesOf(locale).customers;
    const asOf = listDay(query.asOf, workspaceDay(workspace, now));
    const model = await getDecidingModel(db, workspace.id);
    const { stages } = versionOn(model, asOf).definition;
    const stageNames = new Map(stages.map((stage) => [stage.key, localName(stage.name, locale)]));
    const digits = currencyDecimals(workspace.currency);
    const cells = (row: CustomerInStage) => [
      row.displayKey,
      stageNames.get(row.stage) ?? row.stage,
      row.sinceOn,
      row.orders,
      row.revenue === null ? null : Number((row.revenue / 10 ** digits).toFixed(digits)),
      row.lastOrderOn,
      row.firstSeenOn,
      row.lifetime?.days ?? null,
    ];
    const header = [
      words.customer,
      words.stage,
      words.since,
      words.orders,
      words.revenue.replace("{currency}", workspace.currency),
      words.lastOrder,
      words.firstSeen,
      words.lifetime,
    ];
    const fileName = `${words.exportFile}-${workspace.slug}-${asOf}.csv`;
    return csvResponse(fileName, header, pagesOf(db, workspace, stageFilterOf(query, asOf), cells));
  },
});

async function* pagesOf<T>(
  db: Db,
  workspace: Workspace,
  filter: StageFilter,
  cells: (row: CustomerInStage) => T,
) {
  let after = 0;
  for (;;) {
    const rows = await listCustomersInStage(db, {
      workspaceId: workspace.id,
      ...filter,
      after,
      limit: PAGE,
    });
    if (rows.length > 0) yield rows.map(cells);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.customerId;
  }
}
