import type { Day } from "@/lib/platform/day";
import { type Db, empty, queryRows, type Sql, sql } from "@/lib/platform/db";
import { type CustomerTrait, customerTrait, type TraitChange, traitChange } from "./schema";

interface Asked {
  workspaceId: number;
  timeZone: string;
  customerId: number;
  asOf: Day;
}

/** Statements made by the end of the day that changed a trait: `changed(key, value, set_at, message_id)`. */
const changes = (p: Asked, key?: string): Sql => sql`
  said AS (
    SELECT key, value, set_at, message_id,
      lag(value) OVER (PARTITION BY key ORDER BY set_at, message_id) AS before
    FROM customer_trait
    WHERE workspace_id = ${p.workspaceId} AND customer_id = ${p.customerId}
      ${key === undefined ? empty : sql`AND key = ${key}`}
      AND set_at < (${p.asOf}::date + 1)::timestamp AT TIME ZONE ${p.timeZone}::text
  ), changed AS (
    SELECT key, value, set_at, message_id FROM said WHERE before IS DISTINCT FROM value
  )`;

/** The event a statement came with, and the source it came from. */
const cameWith = (p: Asked): Sql => sql`
  LEFT JOIN event e ON e.workspace_id = ${p.workspaceId} AND e.customer_id = ${p.customerId} AND e.message_id = c.message_id
  LEFT JOIN source s ON s.workspace_id = ${p.workspaceId} AND s.id = e.source_id`;

/** Each trait's value as of the day, since when it holds, and who said so; in the order of their keys. */
export const listTraits = (db: Db, p: Asked): Promise<CustomerTrait[]> =>
  queryRows(
    db,
    customerTrait,
    sql`WITH ${changes(p)}, latest AS (
          SELECT DISTINCT ON (key) key, value, set_at, message_id, count(*) OVER (PARTITION BY key)::int AS changes
          FROM changed ORDER BY key, set_at DESC, message_id DESC
        )
        SELECT c.key, c.value, c.set_at AS since, c.changes, e.kind, s.name AS source
        FROM latest c ${cameWith(p)} ORDER BY c.key`,
  );

/** The values a trait has had up to the day, newest first. */
export const listTraitHistory = (db: Db, p: Asked & { key: string; limit: number }): Promise<TraitChange[]> =>
  queryRows(
    db,
    traitChange,
    sql`WITH ${changes(p, p.key)}, newest AS (
          SELECT * FROM changed ORDER BY set_at DESC, message_id DESC LIMIT ${p.limit}
        )
        SELECT c.value, c.set_at AS since, e.kind, s.name AS source
        FROM newest c ${cameWith(p)} ORDER BY c.set_at DESC, c.message_id DESC`,
  );
