import { appendAudit } from "@/lib/audit/append";
import type { Actor, AuditAction } from "@/lib/audit/schema";
import { type Db, findRow, type Pool, queryRows, raw, sql, transaction } from "@/lib/platform/db";
import { AppError, NotFoundError } from "@/lib/platform/errors";
import type { CustomersAsked } from "./list-schema";
import { addTagsSql, removeTagsSql, undoTaggingSql } from "./sql/tagging";
import {
  type Tag,
  type TagColor,
  type Tagged,
  type TagWithCustomers,
  tag,
  tagged,
  tagWithCustomers,
} from "./tags-schema";

/** First key of the advisory lock under which a workspace's tags are numbered. */
const TAG_LOCK = 734;
/** How long an act of tagging can be taken back, in milliseconds: the undo is offered for seconds, a slow hand is forgiven. */
const UNDO_MS = 10 * 60_000;

const columns = raw("id, name, color");

/** The workspace's tags by name. */
export const listTags = (db: Db, workspaceId: number): Promise<Tag[]> =>
  queryRows(
    db,
    tag,
    sql`SELECT ${columns} FROM tag WHERE workspace_id = ${workspaceId} AND removed_at IS NULL ORDER BY lower(name), id`,
  );

/** The workspace's tags by name, each with how many customers carry it. */
export const listTagsWithCustomers = (db: Db, workspaceId: number): Promise<TagWithCustomers[]> =>
  queryRows(
    db,
    tagWithCustomers,
    sql`SELECT t.id, t.name, t.color,
          (SELECT count(*) FROM customer_tag c WHERE c.workspace_id = ${workspaceId} AND c.tag_id = t.id
             AND c.removed_at IS NULL)::int AS customers
        FROM tag t WHERE t.workspace_id = ${workspaceId} AND t.removed_at IS NULL ORDER BY lower(t.name), t.id`,
  );

/** The tags of these ids; NotFoundError when one of them is none of the workspace's. */
async function getTags(db: Db, workspaceId: number, ids: readonly number[]): Promise<Tag[]> {
  const all = new Map((await listTags(db, workspaceId)).map((one) => [one.id, one]));
  return ids.map((id) => {
    const found = all.get(id);
    if (!found) throw new NotFoundError("tag", id);
    return found;
  });
}

interface ByMember {
  workspaceId: number;
  actor: Actor;
  now: Date;
}

const deedOf = ({ workspaceId, actor, now }: ByMember, action: AuditAction) => ({
  workspaceId,
  actor,
  now,
  action,
});

async function assertNameFree(
  db: Db,
  workspaceId: number,
  name: string,
  except: number | null,
): Promise<void> {
  const taken = (await listTags(db, workspaceId)).find(
    (one) => one.name.toLowerCase() === name.toLowerCase() && one.id !== except,
  );
  if (taken) throw new AppError("conflict", `There is a tag "${taken.name}" already`, { tag: taken.id });
}

const lockTags = (db: Db, workspaceId: number) =>
  db.query(sql`SELECT pg_advisory_xact_lock(${TAG_LOCK}, ${workspaceId})`);

/** A new tag; conflict when the workspace has one of that name, in upper or lower case. */
export const createTag = (pool: Pool, p: ByMember & { name: string; color: TagColor }): Promise<Tag> =>
  transaction(pool, async (db) => {
    await lockTags(db, p.workspaceId);
    await assertNameFree(db, p.workspaceId, p.name, null);
    const made = await findRow(
      db,
      tag,
      sql`INSERT INTO tag (workspace_id, id, name, color, created_at)
          SELECT ${p.workspaceId}::int, coalesce(max(id), 0) + 1, ${p.name}, ${p.color}, ${p.now}::timestamptz
          FROM tag WHERE workspace_id = ${p.workspaceId} RETURNING ${columns}`,
    );
    await appendAudit(db, { ...deedOf(p, "tag.created"), target: p.name, after: { ...made } });
    return made!;
  });

/** Another name or colour for a tag. */
export const changeTag = (
  pool: Pool,
  p: ByMember & { id: number; name: string; color: TagColor },
): Promise<Tag> =>
  transaction(pool, async (db) => {
    await lockTags(db, p.workspaceId);
    const [before] = await getTags(db, p.workspaceId, [p.id]);
    await assertNameFree(db, p.workspaceId, p.name, p.id);
    const after = { id: p.id, name: p.name, color: p.color };
    await db.query(sql`UPDATE tag SET name = ${p.name}, color = ${p.color}
      WHERE workspace_id = ${p.workspaceId} AND id = ${p.id}`);
    await appendAudit(db, {
      ...deedOf(p, "tag.changed"),
      target: before!.name,
      before: { ...before },
      after,
    });
    return after;
  });

/** Takes a tag away, from everybody who carries it too; answers how many did. */
export const removeTag = (pool: Pool, p: ByMember & { id: number }): Promise<{ customers: number }> =>
  transaction(pool, async (db) => {
    await lockTags(db, p.workspaceId);
    const [before] = await getTags(db, p.workspaceId, [p.id]);
    const gone = await db.query(sql`UPDATE customer_tag SET removed_at = ${p.now}
      WHERE workspace_id = ${p.workspaceId} AND tag_id = ${p.id} AND removed_at IS NULL`);
    await db.query(
      sql`UPDATE tag SET removed_at = ${p.now} WHERE workspace_id = ${p.workspaceId} AND id = ${p.id}`,
    );
    const customers = gone.rowCount ?? 0;
    await appendAudit(db, {
      ...deedOf(p, "tag.removed"),
      target: before!.name,
      before: { ...before, customers },
    });
    return { customers };
  });

/**
 * Puts tags on all the customers asked for and takes others off, in one statement each however many they are. `act` names
 * the deed for its undo. Answers how many customers changed.
 */
export const tagCustomers = (
  pool: Pool,
  p: ByMember & { asked: CustomersAsked; filter: object; act: string; add: number[]; remove: number[] },
): Promise<Tagged> =>
  transaction(pool, async (db) => {
    const names = async (ids: number[]) => (await getTags(db, p.workspaceId, ids)).map((one) => one.name);
    const [add, remove] = [await names(p.add), await names(p.remove)];
    const change = { asked: p.asked, act: p.act, now: p.now };
    const removed = p.remove.length
      ? await findRow(db, tagged.pick({ removed: true }), removeTagsSql({ ...change, tags: p.remove }))
      : null;
    const added = p.add.length
      ? await findRow(db, tagged.pick({ added: true }), addTagsSql({ ...change, tags: p.add }))
      : null;
    const counts = { added: added?.added ?? 0, removed: removed?.removed ?? 0 };
    await appendAudit(db, {
      ...deedOf(p, "customers.tagged"),
      target: [...add, ...remove].join(", "),
      after: { act: p.act, add, remove, ...counts, filter: p.filter },
    });
    return counts;
  });

/** Takes an act of tagging back: who got a tag loses it, who lost one has it again. Conflict when it is too long ago. */
export const undoTagging = (pool: Pool, p: ByMember & { act: string }): Promise<Tagged> =>
  transaction(pool, async (db) => {
    const since = new Date(p.now.getTime() - UNDO_MS);
    const counts = (await findRow(db, tagged, undoTaggingSql({ ...p, since }))) ?? { added: 0, removed: 0 };
    if (counts.added + counts.removed === 0)
      throw new AppError("conflict", "There is nothing of this act to take back", { act: p.act });
    await appendAudit(db, {
      ...deedOf(p, "customers.tagged"),
      target: p.act,
      after: { undone: p.act, ...counts },
    });
    return counts;
  });
