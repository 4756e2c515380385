import { raw } from "@/lib/platform/db";

/** Columns of a source row (lib/sources/schema.ts). */
export const sourceColumns = raw(`id, name, kind, write_key_hint AS "keyHint", created_at AS "createdAt",
  revoked_at AS "revokedAt", previous_key_until AS "previousKeyUntil", mapping_version AS "mappingVersion"`);
