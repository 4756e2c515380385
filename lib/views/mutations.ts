import type { z } from "zod";
import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import { type Db, type Pool, sql, transaction } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { getView, type Reader } from "./queries";
import type { newView, SavedView, ViewPage, viewChange } from "./schema";

/** Who changes views: a member, named for the audit log. */
type Owner = Reader & { actor: Actor; now: Date };

const MOST_VIEWS = 100;

/** Saves a view under a name the owner has not given yet on that page; a name that is taken is a conflict. */
export async function createView(pool: Pool, p: Owner & z.infer<typeof newView>): Promise<SavedView> {
  return transaction(pool, async (db) => {
    const { rows } = await db.query(sql`
      INSERT INTO saved_view (workspace_id, page, name, search, owner_id, shared, created_at, updated_at)
      SELECT ${p.workspaceId}, ${p.page}, ${p.name}, ${p.search}, ${p.memberId}::uuid, ${p.shared}, ${p.now}, ${p.now}
      WHERE (SELECT count(*) FROM saved_view
             WHERE workspace_id = ${p.workspaceId} AND owner_id = ${p.memberId}::uuid) < ${MOST_VIEWS}
      ON CONFLICT (workspace_id, owner_id, page, name) DO NOTHING
      RETURNING id`);
    if (!rows[0]) throw new AppError("conflict", `A view "${p.name}" exists, or there are ${MOST_VIEWS}`);
    const { id } = rows[0];
    if (p.starred) await star(db, { ...p, id });
    if (p.shared) await recordSharing(db, p, p.name);
    return getView(db, { ...p, id });
  });
}

/** Renames, replaces, shares or stars a view. Everybody stars for themselves; the rest is for who made it. */
export async function changeView(
  pool: Pool,
  p: Owner & { id: string; change: z.infer<typeof viewChange> },
): Promise<SavedView> {
  const { starred, ...change } = p.change;
  return transaction(pool, async (db) => {
    const view = await getView(db, p);
    if (Object.keys(change).length > 0) {
      assertOwn(view);
      await update(db, p, { ...view, ...change });
      if (change.shared && !view.shared) await recordSharing(db, p, view.name);
    }
    if (starred) await star(db, { ...p, page: view.page });
    if (starred === false) await unstar(db, p);
    return getView(db, p);
  });
}

/** Removes a view for everybody, and the stars it had. */
export async function deleteView(pool: Pool, p: Reader & { id: string }): Promise<SavedView> {
  const view = await getView(pool, p);
  assertOwn(view);
  await pool.query(sql`DELETE FROM saved_view WHERE workspace_id = ${p.workspaceId} AND id = ${p.id}::uuid`);
  return view;
}

function assertOwn(view: SavedView): void {
  if (!view.own) throw new AppError("forbidden", "Only who made a view changes it", { view: view.id });
}

async function update(db: Db, p: Owner & { id: string }, view: SavedView): Promise<void> {
  const { rows } = await db.query(sql`
    SELECT 1 FROM saved_view
    WHERE workspace_id = ${p.workspaceId} AND owner_id = ${p.memberId}::uuid AND page = ${view.page}
      AND name = ${view.name} AND id <> ${p.id}::uuid`);
  if (rows.length > 0) throw new AppError("conflict", `A view "${view.name}" exists`);
  await db.query(sql`
    UPDATE saved_view SET name = ${view.name}, search = ${view.search}, shared = ${view.shared}, updated_at = ${p.now}
    WHERE workspace_id = ${p.workspaceId} AND id = ${p.id}::uuid`);
}

const star = (db: Db, p: Reader & { id: string; page: ViewPage }) =>
  db.query(sql`
    INSERT INTO saved_view_star (workspace_id, member_id, page, view_id)
    VALUES (${p.workspaceId}, ${p.memberId}::uuid, ${p.page}, ${p.id}::uuid)
    ON CONFLICT (workspace_id, member_id, page) DO UPDATE SET view_id = excluded.view_id`);

const unstar = (db: Db, p: Reader & { id: string }) =>
  db.query(sql`
    DELETE FROM saved_view_star
    WHERE workspace_id = ${p.workspaceId} AND member_id = ${p.memberId}::uuid AND view_id = ${p.id}::uuid`);

const recordSharing = (db: Db, { workspaceId, actor, now }: Owner, target: string) =>
  appendAudit(db, { workspaceId, now, actor, action: "view.shared", target });
