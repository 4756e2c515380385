import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/audit/schema";
import type { Day } from "@/lib/platform/day";
import { type Db, type Pool, queryRows, sql, transaction } from "@/lib/platform/db";
import { NotFoundError } from "@/lib/platform/errors";
import { getWorkspace } from "./queries";
import { type Holiday, holiday } from "./settings-schema";

interface Change {
  workspaceId: number;
  actor: Actor;
  now: Date;
}

/** Days with their names, as the audit log keeps them. */
const asFields = (holidays: readonly Holiday[]) =>
  Object.fromEntries(holidays.map(({ day, name }) => [day, name]));

async function recordChange(db: Db, p: Change, before: readonly Holiday[], after: readonly Holiday[]) {
  const { slug } = await getWorkspace(db, p.workspaceId);
  await appendAudit(db, {
    ...p,
    action: "workspace.changed",
    target: slug,
    before: asFields(before),
    after: asFields(after),
  });
}

/** Adds days to the calendar; one that is there already takes the new name, and both names are written down. */
export const addHolidays = (
  pool: Pool,
  p: Change & { holidays: readonly Holiday[] },
): Promise<{ added: number; renamed: number }> =>
  transaction(pool, async (db) => {
    // One at a time: two people adding the same day must not each believe it was new.
    await db.query(sql`SELECT FROM workspace WHERE id = ${p.workspaceId} FOR NO KEY UPDATE`);
    const wanted = new Map(p.holidays.map((one) => [one.day, one]));
    const there = await queryRows(
      db,
      holiday,
      sql`SELECT day, name FROM workspace_holiday
          WHERE workspace_id = ${p.workspaceId} AND day = ANY(${[...wanted.keys()]}::date[])`,
    );
    const names = new Map(there.map(({ day, name }) => [day, name]));
    const changed = [...wanted.values()].filter(({ day, name }) => names.get(day) !== name);
    if (changed.length === 0) return { added: 0, renamed: 0 };
    await db.query(sql`
      INSERT INTO workspace_holiday (workspace_id, day, name)
      SELECT ${p.workspaceId}::int, * FROM unnest(
        ${changed.map(({ day }) => day)}::date[], ${changed.map(({ name }) => name)}::text[])
      ON CONFLICT (workspace_id, day) DO UPDATE SET name = EXCLUDED.name`);
    const renamed = there.filter(({ day, name }) => wanted.get(day)?.name !== name);
    await recordChange(db, p, renamed, changed);
    return { added: changed.length - renamed.length, renamed: renamed.length };
  });

/** Takes a day out of the calendar, or NotFoundError. */
export const removeHoliday = (pool: Pool, p: Change & { day: Day }): Promise<void> =>
  transaction(pool, async (db) => {
    const gone = await queryRows(
      db,
      holiday,
      sql`DELETE FROM workspace_holiday WHERE workspace_id = ${p.workspaceId} AND day = ${p.day}::date
          RETURNING day, name`,
    );
    if (gone.length === 0) throw new NotFoundError("holiday", p.day);
    await recordChange(db, p, gone, []);
  });
