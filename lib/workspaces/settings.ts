import { type Db, empty, findRow, queryRows, type Sql, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type Holiday, holiday, type WorkspaceSettings, workspaceSettings } from "./settings-schema";

/** The settings of a workspace, or NotFoundError; `lock` keeps its row as it is until the transaction ends. */
export async function getSettings(
  db: Db,
  workspaceId: number,
  lock: Sql = empty,
): Promise<WorkspaceSettings> {
  const found = await findRow(
    db,
    workspaceSettings,
    sql`SELECT w.id, w.slug, w.name, w.time_zone AS "timeZone", w.currency, w.locale, w.clock_mode AS "clockMode",
          w.clock_at AS "clockAt", w.clock_shift_ms AS "clockShiftMs", w.is_demo AS "isDemo",
          w.week_start AS "weekStart", w.settings_version AS version,
          EXISTS (SELECT FROM event e WHERE e.workspace_id = ${workspaceId})
            OR EXISTS (SELECT FROM event_inbox i WHERE i.workspace_id = ${workspaceId}) AS "hasEvents",
          EXISTS (SELECT FROM event e WHERE e.workspace_id = ${workspaceId} AND e.amount IS NOT NULL)
            OR EXISTS (SELECT FROM event_inbox i WHERE i.workspace_id = ${workspaceId} AND i.amount IS NOT NULL)
            AS "hasAmounts"
        FROM workspace w WHERE w.id = ${workspaceId} ${lock}`,
  );
  if (!found) throw new NotFoundError("workspace", workspaceId);
  return found;
}

/** The workspace's holidays in the order of their days. */
export const listHolidays = (db: Db, workspaceId: number): Promise<Holiday[]> =>
  queryRows(
    db,
    holiday,
    sql`SELECT day, name FROM workspace_holiday WHERE workspace_id = ${workspaceId} ORDER BY day`,
  );
