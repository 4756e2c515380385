import { z } from "zod";
import { type Db, queryRows, sql } from "@/lib/platform/db";

/** Most customers a search answers: a longer list is a filter's business. */
export const SEARCH_LIMIT = 20;

export const foundCustomer = z.object({
  customerId: z.number().int(),
  displayKey: z.string(),
  /** Null for a customer whose first events are not evaluated yet. */
  stage: z.string().nullable(),
});
export type FoundCustomer = z.infer<typeof foundCustomer>;

/** The text as the beginning of a LIKE pattern that means itself. */
const startsWith = (text: string): string => `${text.replace(/[\\%_]/g, "\\$&")}%`;

/**
 * Customers one of whose ids is exactly `q`, then those whose name in the console begins with it. Absorbed customers are
 * found as who absorbed them; ids that wait for their first event are nobody yet. Index probes alone, at any size.
 */
export const searchCustomers = (
  db: Db,
  p: { workspaceId: number; modelId: number; q: string },
): Promise<FoundCustomer[]> =>
  queryRows(
    db,
    foundCustomer,
    sql`
      WITH RECURSIVE kind AS (   -- the few types of ids the workspace uses, a probe each
        (SELECT kind FROM identity WHERE workspace_id = ${p.workspaceId} ORDER BY kind LIMIT 1)
        UNION ALL
        SELECT (SELECT i.kind FROM identity i WHERE i.workspace_id = ${p.workspaceId} AND i.kind > kind.kind
                ORDER BY i.kind LIMIT 1)
        FROM kind WHERE kind.kind IS NOT NULL
      ), exact AS (
        SELECT i.customer_id FROM kind JOIN identity i
          ON i.workspace_id = ${p.workspaceId} AND i.kind = kind.kind AND i.value = ${p.q}
      ), prefix AS (
        SELECT c.customer_id FROM customer c
        WHERE c.workspace_id = ${p.workspaceId} AND c.display_key LIKE ${startsWith(p.q)} AND c.merged_into IS NULL
        ORDER BY c.display_key USING ~<~ LIMIT ${SEARCH_LIMIT * 2}
      ), found AS (
        SELECT customer_id, min(place) AS place
        FROM (SELECT customer_id, 0 AS place FROM exact UNION ALL SELECT customer_id, 1 FROM prefix) both_ways
        GROUP BY customer_id
      )
      SELECT c.customer_id AS "customerId", c.display_key AS "displayKey", s.stage
      FROM found
      JOIN customer c ON c.workspace_id = ${p.workspaceId} AND c.customer_id = found.customer_id
      LEFT JOIN customer_stage s ON s.workspace_id = ${p.workspaceId} AND s.customer_id = found.customer_id
        AND s.model_id = ${p.modelId}
      WHERE EXISTS (SELECT FROM customer_day d WHERE d.workspace_id = ${p.workspaceId} AND d.customer_id = found.customer_id)
      ORDER BY found.place, c.display_key COLLATE "C", c.customer_id LIMIT ${SEARCH_LIMIT}`,
  );
