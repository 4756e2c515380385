import { z } from "zod";
import { type Db, findRow, queryRows, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type SavedView, savedView, type ViewPage } from "./schema";

/** Whose views: a member of a workspace sees their own and those that are shared. */
export interface Reader {
  workspaceId: number;
  memberId: string;
}

const visible = ({ workspaceId, memberId }: Reader) => sql`
  SELECT v.id, v.page, v.name, v.search, v.shared, v.owner_id = ${memberId}::uuid AS own, m.name AS "ownerName",
    s.view_id IS NOT NULL AS starred
  FROM saved_view v
  LEFT JOIN member m ON m.id = v.owner_id
  LEFT JOIN saved_view_star s
    ON s.workspace_id = v.workspace_id AND s.view_id = v.id AND s.member_id = ${memberId}::uuid
  WHERE v.workspace_id = ${workspaceId} AND (v.shared OR v.owner_id = ${memberId}::uuid)`;

/** The views of a page the reader may open: their own first, then those of others, by name. */
export const listViews = (db: Db, p: Reader & { page: ViewPage }): Promise<SavedView[]> =>
  queryRows(db, savedView, sql`${visible(p)} AND v.page = ${p.page} ORDER BY own DESC, v.name, v.id`);

/** A view the reader may open, or NotFoundError: a view of others that is not shared answers like one that is not there. */
export async function getView(db: Db, p: Reader & { id: string }): Promise<SavedView> {
  const found = await findRow(db, savedView, sql`${visible(p)} AND v.id = ${p.id}::uuid`);
  if (!found) throw new NotFoundError("view", p.id);
  return found;
}

/** What a page opens with for the reader when its address asks for nothing; null when they starred no view of it. */
export async function findDefaultSearch(db: Db, p: Reader & { page: ViewPage }): Promise<string | null> {
  const found = await findRow(
    db,
    z.object({ search: z.string() }),
    sql`SELECT v.search FROM saved_view_star s
        JOIN saved_view v ON v.workspace_id = s.workspace_id AND v.id = s.view_id
        WHERE s.workspace_id = ${p.workspaceId} AND s.member_id = ${p.memberId}::uuid AND s.page = ${p.page}
          AND (v.shared OR v.owner_id = s.member_id)`,
  );
  return found?.search || null;
}
