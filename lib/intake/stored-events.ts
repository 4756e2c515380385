import { z } from "zod";
import { type Db, findRow, sql } from "@/lib/platform/db";

/** One event as its sender named it: whose it is and its message. */
export interface EventName {
  userKey: string | null;
  anonymousKey: string | null;
  messageId: string;
}

/** How many of those events the workspace has stored already; sending these again would change nothing. */
export async function countStored(
  db: Db,
  workspaceId: number,
  events: readonly EventName[],
): Promise<number> {
  const row = await findRow(
    db,
    z.object({ stored: z.number() }),
    sql`SELECT count(*) AS stored
        FROM unnest(
          ${events.map((event) => (event.userKey === null ? "anonymous" : "user"))}::text[],
          ${events.map((event) => event.userKey ?? event.anonymousKey)}::text[],
          ${events.map((event) => event.messageId)}::uuid[]) AS sent (kind, value, message_id)
        JOIN identity i ON i.workspace_id = ${workspaceId} AND i.kind = sent.kind AND i.value = sent.value
        JOIN event e ON e.workspace_id = i.workspace_id AND e.customer_id = i.customer_id AND e.message_id = sent.message_id`,
  );
  return row!.stored;
}
