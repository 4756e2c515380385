import { type Sql, sql } from "@/lib/platform/db";

/**
 * Adds a claimed batch to source_activity: one upsert, keys sorted. `claimed` are the rows taken from the inbox,
 * `attributed` one of each message among them, `stored` the messages that were new. What was claimed and is neither stored
 * nor an alias is a duplicate, counted where the copy came from.
 */
export const addActivity = (
  workspaceId: number,
  p: { claimed: Sql; attributed: Sql; stored: Sql },
): Sql => sql`
  INSERT INTO source_activity AS a
    (workspace_id, source_id, hour, kind, events, duplicates, links, known, valued, last_at)
  SELECT ${workspaceId}::int, source_id, hour, kind, sum(events), sum(taken) - sum(links) - sum(events), sum(links),
    sum(known), sum(valued), max(last_at)
  FROM (
    SELECT source_id, date_bin('1 hour', received_at, '2000-01-01T00:00:00Z') AS hour, kind, count(*) AS taken,
      count(previous_key) AS links, 0 AS events, 0 AS known, 0 AS valued, max(received_at) AS last_at
    FROM ${p.claimed} GROUP BY 1, 2, 3
    UNION ALL
    SELECT source_id, date_bin('1 hour', received_at, '2000-01-01T00:00:00Z'), kind, 0, 0, count(*), count(*) FILTER (WHERE is_known),
      count(amount), NULL
    FROM ${p.attributed}
    WHERE ((customer_id, message_id) IN (SELECT customer_id, message_id FROM ${p.stored})) IS TRUE
    GROUP BY 1, 2, 3
  ) part
  GROUP BY source_id, hour, kind ORDER BY source_id, hour, kind
  ON CONFLICT (workspace_id, source_id, hour, kind) DO UPDATE SET events = a.events + excluded.events,
    duplicates = a.duplicates + excluded.duplicates, links = a.links + excluded.links, known = a.known + excluded.known,
    valued = a.valued + excluded.valued, last_at = greatest(a.last_at, excluded.last_at)`;
