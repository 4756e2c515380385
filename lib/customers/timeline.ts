import { z } from "zod";
import { FIRST_CUSTOM_KIND, PROFILE, standardKindById, standardKindByKey } from "@/lib/intake/kinds";
import { type Day, day } from "@/lib/platform/day";
import { type Db, empty, join, queryRows, raw, type Sql, sql } from "@/lib/platform/db";
import { type TimelineEvent, type TimelinePage, timelineEvent } from "./schema";

export interface TimelineQuestion {
  workspaceId: number;
  timeZone: string;
  customerId: number;
  /** Local days, both included. */
  from: Day | null;
  to: Day;
  /** Keys of kinds; none: every kind. A key nobody knows matches nothing. */
  kinds: readonly string[];
}

/** Ids of the asked-for kinds: the standard ones are code, the others the workspace's own. */
const kindIds = (p: TimelineQuestion): Sql => {
  const standard = p.kinds.flatMap((key) => standardKindByKey(key)?.id ?? []);
  return sql`(${standard}::int[] || (SELECT coalesce(array_agg(id::int), '{}') FROM event_kind
    WHERE workspace_id = ${p.workspaceId} AND key = ANY(${[...p.kinds]}::text[])))`;
};

const localDay = (p: TimelineQuestion): Sql => sql`(e.occurred_at AT TIME ZONE ${p.timeZone}::text)::date`;

/**
 * What a customer did under the filter; statements about it (profile updates) are traits and stand elsewhere. Only near
 * the ends of the period the local day is worked out: no zone is further than 14 hours from UTC, and a conversion of
 * each of 100,000 events costs more than finding them.
 */
const matching = (p: TimelineQuestion): Sql => sql`
  e.workspace_id = ${p.workspaceId} AND e.customer_id = ${p.customerId} AND e.kind <> ${PROFILE}
  ${p.kinds.length ? sql`AND e.kind = ANY(${kindIds(p)})` : empty}
  AND (e.occurred_at < (${p.to}::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours'
    OR ${localDay(p)} <= ${p.to}::date)
  ${
    p.from
      ? sql`AND (e.occurred_at > ${p.from}::date::timestamp AT TIME ZONE 'UTC' + interval '15 hours'
        OR ${localDay(p)} >= ${p.from}::date)`
      : empty
  }`;

const eventRow = timelineEvent
  .omit({ kind: true })
  .extend({ kindId: z.number(), customKind: z.string().nullable() });

const eventColumns = (p: TimelineQuestion): Sql => sql`
  e.message_id AS "messageId", e.occurred_at AS "occurredAt", ${localDay(p)} AS day, e.kind AS "kindId",
  e.amount, e.props AS properties, e.home_customer_id AS "homeCustomerId"`;

/** Events after (that is, older than) the message `after`, newest first. */
async function listEvents(
  db: Db,
  p: TimelineQuestion & { after?: string; limit: number },
): Promise<TimelineEvent[]> {
  const older = p.after
    ? sql`AND (e.occurred_at, e.message_id) < (SELECT a.occurred_at, a.message_id FROM event a
        WHERE a.workspace_id = ${p.workspaceId} AND a.customer_id = ${p.customerId} AND a.message_id = ${p.after}::uuid)`
    : empty;
  const rows = await queryRows(
    db,
    eventRow,
    sql`SELECT ${eventColumns(p)}, s.name AS source, k.key AS "customKind"
        FROM (
          SELECT e.* FROM event e WHERE ${matching(p)} ${older}
          ORDER BY e.occurred_at DESC, e.message_id DESC LIMIT ${p.limit}
        ) e
        JOIN source s ON s.workspace_id = ${p.workspaceId} AND s.id = e.source_id
        LEFT JOIN event_kind k ON k.workspace_id = ${p.workspaceId} AND k.id = e.kind
        ORDER BY e.occurred_at DESC, e.message_id DESC`,
  );
  return rows.map(({ kindId, customKind, ...event }) => ({
    ...event,
    kind: standardKindById(kindId)?.key ?? customKind ?? String(kindId),
  }));
}

const dayRow = z.object({ day, events: z.number() });

/** How many events each local day has under the filter, from the rollup: newest day first, empty days left out. */
export function countEventsByDay(db: Db, p: TimelineQuestion): Promise<z.infer<typeof dayRow>[]> {
  const within = sql`d.workspace_id = ${p.workspaceId} AND d.customer_id = ${p.customerId}
    AND d.day <= ${p.to}::date ${p.from ? sql`AND d.day >= ${p.from}::date` : empty}`;
  const columns = p.kinds.flatMap((key) => {
    const column = standardKindByKey(key)?.column;
    return column ? [raw(`d.${column}`)] : [];
  });
  const standard = p.kinds.length === 0 ? raw("d.events") : columns.length ? join(columns, " + ") : raw("0");
  const custom = p.kinds.length
    ? sql`UNION ALL SELECT d.day, d.events FROM customer_day_kind d
        WHERE ${within} AND d.kind >= ${FIRST_CUSTOM_KIND} AND d.kind = ANY(${kindIds(p)})`
    : empty;
  return queryRows(
    db,
    dayRow,
    sql`SELECT day, sum(n)::int AS events
        FROM (SELECT d.day, (${standard}) AS n FROM customer_day d WHERE ${within} ${custom}) counted
        GROUP BY day HAVING sum(n) > 0 ORDER BY day DESC`,
  );
}

/** A page of the timeline, newest first, with what each of its days counts and, on the first page, what all do. */
export async function getTimeline(
  db: Db,
  p: TimelineQuestion & { after?: string; limit: number },
): Promise<TimelinePage> {
  const [events, all] = await Promise.all([
    listEvents(db, p),
    p.after === undefined ? countEventsByDay(db, p) : null,
  ]);
  const newest = events[0]?.day;
  const oldest = events.at(-1)?.day;
  const days =
    newest && oldest
      ? (all?.filter((one) => one.day <= newest && one.day >= oldest) ??
        (await countEventsByDay(db, { ...p, from: oldest, to: newest })))
      : [];
  return {
    events,
    days,
    count: all?.reduce((sum, one) => sum + one.events, 0),
    next: events.length === p.limit ? (events.at(-1)?.messageId ?? null) : null,
  };
}

const kindRow = z.object({ key: z.string() });

/** Keys of the workspace's own kinds this customer has events of; the standard ones are always offered. */
export const listCustomKindsOf = async (
  db: Db,
  p: { workspaceId: number; customerId: number },
): Promise<string[]> =>
  (
    await queryRows(
      db,
      kindRow,
      sql`SELECT DISTINCT k.key FROM customer_day_kind d
          JOIN event_kind k ON k.workspace_id = d.workspace_id AND k.id = d.kind
          WHERE d.workspace_id = ${p.workspaceId} AND d.customer_id = ${p.customerId} ORDER BY 1`,
    )
  ).map((row) => row.key);

/** Properties of these messages, by message; messages of other customers are not there. */
export async function listProperties(
  db: Db,
  p: { workspaceId: number; customerId: number; messageIds: readonly string[] },
): Promise<Record<string, Record<string, unknown> | null>> {
  const rows = await queryRows(
    db,
    timelineEvent.pick({ messageId: true, properties: true }),
    sql`SELECT message_id AS "messageId", props AS properties FROM event
        WHERE workspace_id = ${p.workspaceId} AND customer_id = ${p.customerId}
          AND message_id = ANY(${[...p.messageIds]}::uuid[])`,
  );
  return Object.fromEntries(rows.map((row) => [row.messageId, row.properties]));
}
