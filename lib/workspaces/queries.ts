import { type Db, findRow, queryRows, raw, sql } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { type Workspace, workspace } from "./schema";

const columns = raw(`id, slug, name, time_zone AS "timeZone", currency, locale, clock_mode AS "clockMode",
  clock_at AS "clockAt", clock_shift_ms AS "clockShiftMs", is_demo AS "isDemo"`);

/** Every workspace, oldest first: for work that visits all tenants. Asks the directory, a bound pool knows its own alone. */
export const listWorkspaces = (directory: Db): Promise<Workspace[]> =>
  queryRows(directory, workspace, sql`SELECT ${columns} FROM workspace ORDER BY id`);

/** The workspace of that id, or NotFoundError. */
export async function getWorkspace(db: Db, id: number): Promise<Workspace> {
  const found = await findRow(db, workspace, sql`SELECT ${columns} FROM workspace WHERE id = ${id}`);
  if (!found) throw new NotFoundError("workspace", id);
  return found;
}

/** The workspace of that slug, or NotFoundError: how commands and URLs name it. Asks the directory: none is known yet. */
export async function getWorkspaceBySlug(directory: Db, slug: string): Promise<Workspace> {
  const found = await findRow(
    directory,
    workspace,
    sql`SELECT ${columns} FROM workspace WHERE slug = ${slug}`,
  );
  if (!found) throw new NotFoundError("workspace", slug);
  return found;
}
