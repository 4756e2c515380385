import { z } from "zod";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { hashWriteKey } from "@/lib/workspaces/mutations";

/** The sender behind a write key, with what decoding needs to know of its workspace. */
const sender = z.object({
  sourceId: z.number().int(),
  workspaceId: z.number().int(),
  currency: z.string(),
  timeZone: z.string(),
  /** Of the source's mapping; 0: none was ever written. */
  mappingVersion: z.number().int(),
});
export type Sender = z.infer<typeof sender>;

/**
 * The live source of that write key at that instant, or null; an unknown and a revoked key answer alike, and the lookup
 * compares hashes, not keys. A key that was rotated holds until its time is over.
 */
export function findSender(db: Db, writeKey: string, at: Date): Promise<Sender | null> {
  const hash = hashWriteKey(writeKey);
  return findRow(
    db,
    sender,
    sql`SELECT s.id AS "sourceId", s.workspace_id AS "workspaceId", w.currency, w.time_zone AS "timeZone",
          s.mapping_version AS "mappingVersion"
        FROM source s JOIN workspace w ON w.id = s.workspace_id
        WHERE (s.write_key_hash = ${hash} OR (s.previous_key_hash = ${hash} AND s.previous_key_until > ${at}))
          AND s.revoked_at IS NULL`,
  );
}

/** The write key of a request: user of Basic authorization, else `writeKey` of the body, else of the query; null = none. */
export function requestWriteKey(p: {
  authorization?: string;
  body?: unknown;
  query?: string | null;
}): string | null {
  const basic = /^basic\s+([a-z0-9+/=_-]+)\s*$/i.exec(p.authorization ?? "")?.[1];
  const user = basic ? Buffer.from(basic, "base64").toString("utf8").split(":", 1)[0] : "";
  if (user) return user;
  const inBody = (p.body as { writeKey?: unknown } | null | undefined)?.writeKey;
  if (typeof inBody === "string" && inBody !== "") return inBody;
  return p.query || null;
}
