import { type Db, sql } from "@/lib/platform/db";
import { createSource } from "@/lib/workspaces/mutations";

/** A source as an import of the console has one: of its own, and known as an import. */
export async function importSource(
  db: Db,
  p: { workspaceId: number; name: string; now: Date },
): Promise<number> {
  const { sourceId } = await createSource(db, { ...p, kind: "import" });
  await db.query(sql`
    INSERT INTO import (workspace_id, file_name, bytes, chunk_bytes, sha256, state, source_id, actor, created_at)
    VALUES (${p.workspaceId}, ${p.name}, 0, 1, '', 'succeeded', ${sourceId}, '{}', ${p.now})`);
  return sourceId;
}
